package udp.it.kit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import udp.api.MessageProcessor;
import udp.api.spi.Providers;
import udp.contract.KitAssertions;
import udp.contract.NotApplicable;
import udp.contract.Peer;
import udp.contract.ProcessedReply;
import udp.contract.Rule;
import udp.contract.Subprocess;
import udp.contract.TestMessages;
import udp.contract.Verifies;
import udp.it.kit.support.CommandTemplate;
import udp.it.kit.support.PortZero;
import udp.it.kit.support.Preflight;
import udp.it.kit.support.SubjectResolver;

/**
 * Rules S.1 to S.15, for a server in any language: a process that is started anew for each test and asked at a port of
 * 127.0.0.1. Only rules S.9 and S.10 fail if a reply holds too much.
 */
@Timeout(value = 150, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ServerContract {
    private static final int CLIENTS = 50;

    private final byte[] hello = fresh("hello, world");
    private InetSocketAddress address;
    private Subprocess server;

    /** The command, and a processor whose replies are right. */
    public record Input(CommandTemplate command, MessageProcessor expected) {}

    /** Is called by subclasses. */
    protected ServerContract() {}

    /** Returns the command that is checked, in which <code>{port}</code> stands for the port to receive on. */
    protected abstract CommandTemplate command();

    /** Returns a processor whose replies are right: upper case unless overridden. */
    protected MessageProcessor expected() {
        return Providers.processor("upper");
    }

    @BeforeEach
    void start() throws Exception {
        start(Subprocess.USUAL);
    }

    private void start(Map<String, String> environment) throws Exception {
        Preflight.RunningServer started = Preflight.startServer(command(), environment);
        server = started.process();
        address = started.address();
    }

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
        }
    }

    @Verifies(value = Rule.S1, cause = "the reply is sent somewhere else, or is not what was asked for")
    void rule_S_1_aSentenceIsServesRight() throws Exception {
        assertServesRight(hello);
    }

    @Verifies(value = Rule.S2, cause = "bytes are taken for characters, or another charset than UTF-8")
    void rule_S_2_utf8ComesThroughWhole() throws Exception {
        assertServesRight(fresh("你好, 中文"));
    }

    @Verifies(value = Rule.S3, cause = "letters are changed byte by byte, as C's toupper does")
    void rule_S_3_lettersAreMoreThanAToZ() throws Exception {
        assertServesRight(fresh("straße, café, ñandú"));
    }

    @Verifies(value = Rule.S4, cause = "toUpperCase(), new String(bytes) and getBytes() take what the system has")
    void rule_S_4_theEnvironmentDoesNotMatter() throws Exception {
        server.close();
        start(Subprocess.STRANGE);
        assertServesRight(fresh("title, 你好"));
    }

    @Verifies(value = Rule.S5, cause = "a receive buffer of 1,024 bytes or less")
    void rule_S_5_messagesUpTo2048BytesHaveAWholeReply() throws Exception {
        assertServesWhole(1, 508, 1472, 2048);
    }

    @Verifies(value = Rule.S6, cause = "no datagram is larger than 65,507 bytes, and the buffer is smaller")
    void rule_S_6_messagesUpTo65507BytesHaveAWholeReply() throws Exception {
        assertServesWhole(8192, 65_507);
    }

    @Verifies(value = Rule.S7, cause = "took a length of 0 for the end of a stream")
    void rule_S_7_anEmptyDatagramIsNotTheEnd() throws Exception {
        assertSurvives(new byte[0]);
    }

    @Verifies(value = Rule.S8, cause = "strip() or trim(), or a line read from the message")
    void rule_S_8_blanksAndLineEndsAreKept() throws Exception {
        assertServesRight((TestMessages.fresh("  a b") + " \r\n").getBytes(UTF_8));
        assertServesRight((TestMessages.fresh("a\nb") + "\n").getBytes(UTF_8));
    }

    @Verifies(value = Rule.S9, cause = "replied with the whole buffer, a closing NUL or a line end")
    void rule_S_9_nothingIsAdded() throws Exception {
        byte[] expected = replyTo(hello);
        byte[] actual = ask(hello);
        KitAssertions.that(
                actual.length <= expected.length,
                "the reply to be " + KitAssertions.shown(expected),
                "it was " + KitAssertions.shown(actual));
    }

    @Verifies(value = Rule.S10, cause = "decoded the whole buffer instead of the datagram's length")
    void rule_S_10_nothingIsLeftOfTheRequestBefore() throws Exception {
        byte[] secret = new byte[500];
        Arrays.fill(secret, (byte) 'q');
        ask(secret);
        byte[] reply = ask("hi".getBytes(UTF_8));
        KitAssertions.that(
                !new String(reply, UTF_8).toLowerCase(Locale.ROOT).contains("qqq"),
                "nothing of a long request in the reply to \"hi\" after it",
                "it was " + KitAssertions.shown(reply));
    }

    @Verifies(
            value = Rule.S11,
            cause = "replied to the client that came first, or last, instead of the datagram's sender")
    void rule_S_11_eachOfManyClientsGetsItsOwnReply() throws Exception {
        List<Peer> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Peer(address.getAddress()));
                clients.get(i).send(fresh("client " + i), address);
            }
            for (int i = 0; i < CLIENTS; i++) {
                byte[] request = fresh("client " + i);
                byte[] reply = receive(clients.get(i), request).bytes();
                try {
                    assertStartsWith(request, reply);
                } catch (AssertionError e) {
                    throw isReplyToAnother(reply)
                            ? KitAssertions.explained(e, "threads share a buffer, which the next request overwrites")
                            : e;
                }
            }
        } finally {
            clients.forEach(Peer::close);
        }
    }

    @Verifies(value = Rule.S12, cause = "replied more than once")
    void rule_S_12_oneReplyFromThePortAsked() throws Exception {
        try (Peer client = new Peer(address.getAddress())) {
            for (String number : List.of("one", "two", "three")) {
                byte[] request = fresh(number);
                client.send(request, address);
                Peer.ReceivedDatagram reply = receive(client, request);
                try {
                    KitAssertions.equal("the reply to come from", address, reply.sender());
                } catch (AssertionError e) {
                    throw KitAssertions.explained(e, "replied from a new socket");
                }
                assertStartsWith(request, reply.bytes());
            }
        }
    }

    @Verifies(value = Rule.S13, cause = "an exception of the decoder that ends the loop")
    void rule_S_13_hostileBytesDoNotEndIt() throws Exception {
        for (byte[] bytes : TestMessages.hostile()) {
            assertSurvives(bytes);
        }
    }

    @Verifies(value = Rule.S14, cause = "nothing can be sent to port 0 (RFC 6335), and the exception ends the loop")
    void rule_S_14_aDatagramFromPort0DoesNotEndIt() throws Exception {
        NotApplicable.unless(PortZero.sendTo(address), PortZero.UNTRIED);
        assertServesAfter("a datagram from port 0");
    }

    @Verifies(value = Rule.S15, cause = "a handler that ignores the signal, or a child that still has the socket")
    void rule_S_15_sigtermEndsItAndFreesThePort() throws Exception {
        server.terminate();
        server.awaitEnd("the server to end on SIGTERM");
        Preflight.awaitFree(address.getPort()).close();
    }

    /** Returns whether a reply, or its start, is that to another client. */
    private boolean isReplyToAnother(byte[] reply) {
        return IntStream.range(0, CLIENTS)
                .mapToObj(i -> replyTo(fresh("client " + i)))
                .anyMatch(other -> reply.length > other.length / 2
                        && Arrays.equals(reply, Arrays.copyOf(other, Math.min(reply.length, other.length))));
    }

    private static byte[] fresh(String text) {
        return TestMessages.fresh(text).getBytes(UTF_8);
    }

    private byte[] replyTo(byte[] request) {
        return ProcessedReply.to(request, expected()).bytes();
    }

    private void assertServesRight(byte[] request) throws Exception {
        assertStartsWith(request, ask(request));
    }

    /** If the start of the request was served, the reply tells the size of the buffer. */
    private void assertServesWhole(int... sizes) throws Exception {
        for (int size : sizes) {
            byte[] request = TestMessages.ofSize(size);
            byte[] reply = ask(request);
            int length = reply.length;
            if (length < size && Arrays.equals(reply, replyTo(Arrays.copyOf(request, length)))) {
                throw KitAssertions.failure(
                        "a reply to all of a request of " + size + " bytes",
                        "it was the reply to the first " + length,
                        String.format(Locale.ROOT, "a receive buffer of %,d bytes", length));
            }
            assertStartsWith(request, reply);
        }
    }

    private void assertStartsWith(byte[] request, byte[] reply) {
        KitAssertions.startsWith("the reply to " + KitAssertions.shown(request) + " to be", replyTo(request), reply);
    }

    private void assertSurvives(byte[] datagram) throws Exception {
        try (Peer client = new Peer(address.getAddress())) {
            client.send(datagram, address);
            assertServesAfter("a datagram " + KitAssertions.shown(datagram));
        }
    }

    private void assertServesAfter(String event) throws Exception {
        try (Peer client = new Peer(address.getAddress())) {
            client.send(hello, address);
            receive(client, "a reply after " + event);
        }
    }

    /** Sends a request from a new client, so that only the request decides the reply. */
    private byte[] ask(byte[] request) throws Exception {
        try (Peer client = new Peer(address.getAddress())) {
            client.send(request, address);
            return receive(client, request).bytes();
        }
    }

    private Peer.ReceivedDatagram receive(Peer client, byte[] request) throws Exception {
        return receive(client, "a reply to " + KitAssertions.shown(request));
    }

    private Peer.ReceivedDatagram receive(Peer client, String what) throws Exception {
        try {
            return client.receive(what, server);
        } catch (AssertionError e) {
            throw !server.isRunning() && Preflight.endsAfterOneReply(command())
                    ? KitAssertions.explained(e, "closes after its first reply: receive and send are in no loop")
                    : e;
        }
    }

    /** The contract for a command that the kit's program was told. */
    @ExtendWith(SubjectResolver.class)
    public static final class OfCommand extends ServerContract {
        private final Input input;

        OfCommand(Input input) {
            this.input = input;
        }

        @Override
        protected CommandTemplate command() {
            return input.command;
        }

        @Override
        protected MessageProcessor expected() {
            return input.expected;
        }
    }
}
