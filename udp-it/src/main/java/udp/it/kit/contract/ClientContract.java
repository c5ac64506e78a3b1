package udp.it.kit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import udp.contract.KitAssertions;
import udp.contract.NotApplicable;
import udp.contract.Peer;
import udp.contract.Rule;
import udp.contract.Subprocess;
import udp.contract.TestMessages;
import udp.contract.Verifies;
import udp.it.kit.support.CommandTemplate;
import udp.it.kit.support.LossyReplies;
import udp.it.kit.support.Preflight;
import udp.it.kit.support.SubjectResolver;

/**
 * Rules C.1 to C.17, for a client in any language: a process that takes a line from standard input as the sentence and
 * prints the reply, perhaps after a prompt. Only rules C.4, C.5 and C.9 fail if it sends or prints too much.
 */
@Timeout(value = 150, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ClientContract {
    static final int MAX_WAIT_SECONDS = 15;
    private static final String NO_LIMIT = "a receive without a time limit";
    private static final String ANEW = "each datagram that it did not take started the time anew";

    private final String hello = TestMessages.fresh("hello, world");

    @AutoClose
    private Peer server;

    @AutoClose
    private Peer stranger;

    @AutoClose
    private Subprocess client;

    private int printedBefore;

    /** The command, and how likely a datagram is lost for rule C.17. */
    public record Input(CommandTemplate command, double loss) {}

    /** Is called by subclasses. */
    protected ClientContract() {}

    /** Returns the command that is checked, in which <code>{host}</code> and <code>{port}</code> stand for those of the server. */
    protected abstract CommandTemplate command();

    /** Returns how likely a datagram is lost for rule C.17, less than 1, or 0 to leave the rule out. */
    protected double loss() {
        return 0;
    }

    @BeforeEach
    void open() throws Exception {
        server = Preflight.peerFor(command());
        stranger = Peer.onLoopback();
    }

    @Verifies(value = Rule.C1, cause = "sent to an address other than the given, or printed something else")
    void rule_C_1_theSentenceIsSentAndTheReplyPrinted() throws Exception {
        assertExchange(hello, TestMessages.fresh("HELLO, WORLD"));
    }

    @Verifies(value = Rule.C2, cause = "bytes are taken for characters, or another charset than UTF-8")
    void rule_C_2_utf8ComesThroughWhole() throws Exception {
        assertExchange(TestMessages.fresh("你好, straße"), TestMessages.fresh("你好, STRASSE"));
    }

    @Verifies(value = Rule.C3, cause = "read with the default charset what is then written as UTF-8, or the reverse")
    void rule_C_3_theDefaultCharsetDoesNotMatter() throws Exception {
        client = Preflight.start(command(), server, "你好\n", Subprocess.STRANGE);
        assertStartsWith("你好", request().bytes());
    }

    @Verifies(value = Rule.C4, cause = "sent the string's closing NUL, or the whole buffer")
    void rule_C_4_noNulIsAdded() throws Exception {
        byte[] sent = start(hello).bytes();
        KitAssertions.that(
                new String(sent, UTF_8).indexOf('\0') < 0,
                "a datagram without NUL",
                "it was " + KitAssertions.shown(sent));
    }

    @Verifies(value = Rule.C5, cause = "fgets() and readline() keep the line end")
    void rule_C_5_noLineEndIsAdded() throws Exception {
        byte[] sent = start(hello).bytes();
        KitAssertions.that(
                !new String(sent, UTF_8).matches("(?s).*[\r\n].*"),
                "a datagram without line end",
                "it was " + KitAssertions.shown(sent));
    }

    @Verifies(value = Rule.C6, cause = "a buffer for the line of 1,024 bytes or less")
    void rule_C_6_sentencesUpTo2048BytesAreSentWhole() throws Exception {
        for (int size : new int[] {1, 508, 1472, 2048}) {
            String sentence = "x".repeat(size);
            assertStartsWith(sentence, start(sentence).bytes());
        }
    }

    @Verifies(value = Rule.C7, cause = "a receive buffer of 1,024 bytes or less")
    void rule_C_7_repliesUpTo2048BytesArePrintedWhole() throws Exception {
        assertPrintsRepliesOf(2, 508, 1472, 2048);
    }

    @Verifies(value = Rule.C8, cause = "a receive buffer of 2,048 bytes; the largest datagram has 65,507")
    void rule_C_8_repliesUpTo65507BytesArePrintedWhole() throws Exception {
        assertPrintsRepliesOf(8192, 65_507);
    }

    @Verifies(value = Rule.C9, cause = "decoded the whole buffer instead of the datagram's length")
    void rule_C_9_nothingOfTheBufferIsPrintedAfterTheReply() throws Exception {
        String reply = TestMessages.fresh("HELLO");
        server.send(reply, start(hello).sender());
        String printed = end();
        String rest = printed.substring(printed.lastIndexOf(reply) + (printed.contains(reply) ? reply.length() : 1));
        KitAssertions.that(
                !PrintedReply.hasGarbage(rest) && !client.isCut(),
                "nothing of the buffer after the reply",
                "it was " + client.shown(rest));
    }

    @Verifies(value = Rule.C10, cause = "took a length of 0 for the end of a stream, or for no reply")
    void rule_C_10_anEmptyReplyIsAnReply() throws Exception {
        Peer.ReceivedDatagram request = start(hello);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
        while (request != null || client.isRunning() && System.nanoTime() < end) {
            if (request != null) {
                server.send("", request.sender());
            }
            request = server.receive(100);
        }
        end();
        KitAssertions.equal("the exit status after an empty reply to be", 0, client.status());
    }

    @Verifies(value = Rule.C11, cause = "neither connected the socket nor compared the sender")
    void rule_C_11_aStrangersReplyIsNotTaken() throws Exception {
        InetSocketAddress sender = start(hello).sender();
        String lie = TestMessages.fresh("from a stranger");
        stranger.send(lie, sender);
        String reply = TestMessages.fresh("from the server");
        server.send(reply, sender);
        String printed = end();
        KitAssertions.that(
                !printed.contains(lie) && printed.contains(reply),
                "the server's reply to be printed, and not a stranger's",
                "it printed " + client.shown(printed));
    }

    @Verifies(value = Rule.C12, cause = "waits for a reply to a datagram that may have been lost")
    void rule_C_12_aLostRequestIsSentAgain() throws Exception {
        Tries tries = Tries.receive(start(hello), server, client);
        for (int i = 0; i < 2 && !tries.growClearly(); i++) {
            tries = tries.plus(Tries.receive(start(hello), server, client));
        }
        tries.assertGrow();
    }

    @Verifies(value = Rule.C13, cause = "one socket for all sentences, where the next receive takes what is left")
    void rule_C_13_aLateOrDoubledReplyIsNotTakenForTheNext() throws Exception {
        client = Preflight.start(command(), server, "first\nsecond\n", Subprocess.USUAL);
        InetSocketAddress first = request().sender();
        String reply1 = TestMessages.fresh("reply 1");
        String reply2 = TestMessages.fresh("reply 2");
        server.send(reply1, first);
        server.send(reply1, first);
        InetSocketAddress second = Preflight.senderOf("second", server, client);
        NotApplicable.unless(second != null, "it asks one sentence only");
        server.send(reply1, first);
        server.send(reply2, second);
        String printed = end();
        KitAssertions.that(
                printed.indexOf(reply1) == printed.lastIndexOf(reply1) && printed.contains(reply2),
                "each reply to be printed once",
                "it printed " + client.shown(printed));
    }

    @Verifies(value = Rule.C14, cause = NO_LIMIT)
    void rule_C_14_itEndsIfNobodyReplies() throws Exception {
        start(hello);
        if (!client.endsWithin(MAX_WAIT_SECONDS)) {
            throw Tries.stillRunning("an end without a reply", NO_LIMIT, 0, server);
        }
        KitAssertions.that(client.status() != 0, "an exit status other than 0 without a reply", "it was 0");
    }

    @Verifies(value = Rule.C15, cause = ANEW)
    void rule_C_15_strangersDoNotMakeItWaitLonger() throws Exception {
        InetSocketAddress sender = start(hello).sender();
        int retries = 0;
        for (int i = 0; i < MAX_WAIT_SECONDS * 20 && client.isRunning(); i++) {
            stranger.send("from a stranger", sender);
            Peer.ReceivedDatagram again = server.receive(50);
            sender = again == null ? sender : again.sender();
            retries += again == null ? 0 : 1;
        }
        if (client.isRunning()) {
            boolean anew = retries > 0 || client.endsWithin(5) || server.receive(1) != null;
            throw Tries.stillRunning(
                    "an end in spite of strangers' datagrams", anew ? ANEW : NO_LIMIT, retries, server);
        }
    }

    @Verifies(value = Rule.C16, cause = "a handler that ignores the signal, or waits for the reply first")
    void rule_C_16_sigtermEndsIt() throws Exception {
        start(hello);
        client.terminate();
        KitAssertions.that(client.endsWithin(5), "the client to end on SIGTERM", "it was still running after 5 s");
    }

    @Verifies(value = Rule.C17, cause = "too few tries, or one socket for all sentences, where a late reply is taken")
    void rule_C_17_lossesAndLateRepliesSpoilNoReply() throws Exception {
        NotApplicable.unless(loss() > 0, "asked for by --loss");
        LossyReplies replies = new LossyReplies(server, loss());
        client = Preflight.start(command(), server, replies.sentences(), Subprocess.USUAL);
        replies.giveTo(client);
        String printed = end();
        KitAssertions.that(
                replies.areIn(printed),
                replies.count() + " replies, each once and in the order of the sentences",
                "it printed " + client.shown(printed) + " and asked " + replies.asked());
    }

    /** Starts the client and returns its first datagram. */
    private Peer.ReceivedDatagram start(String sentence) throws Exception {
        if (client != null) { // The earlier client may send again, which must not look like the first datagram.
            client.close();
            server.close();
            server = Preflight.peerFor(command());
        }
        client = Preflight.start(command(), server, sentence + "\n", Subprocess.USUAL);
        return request();
    }

    /** Returns the first datagram. What was printed before it, greeting and prompt, is no reply. */
    private Peer.ReceivedDatagram request() throws Exception {
        Peer.ReceivedDatagram request = server.receiveFirst(
                "the client to send a datagram to 127.0.0.1:" + server.address().getPort(), client);
        printedBefore = client.printed().length;
        return request;
    }

    private void assertExchange(String sentence, String reply) throws Exception {
        Peer.ReceivedDatagram request = start(sentence);
        assertStartsWith(sentence, request.bytes());
        server.send(reply, request.sender());
        String printed = end();
        PrintedReply.assertIn(
                printed, reply, "the reply \"" + reply + "\" to be printed", "it printed " + client.shown(printed));
    }

    private void assertPrintsRepliesOf(int... sizes) throws Exception {
        for (int size : sizes) {
            String reply = new String(TestMessages.ofSize(size - 1), UTF_8) + " "; // blanks are no end
            InetSocketAddress sender = start(hello).sender(); // The start replaces the server.
            server.send(reply, sender);
            PrintedReply.assertIn(
                    end(), reply, "a reply of " + size + " bytes to be printed whole", "a part was missing");
        }
    }

    private static void assertStartsWith(String sentence, byte[] sent) {
        KitAssertions.startsWith("the datagram to be", sentence.getBytes(UTF_8), sent);
    }

    private String end() throws Exception {
        byte[] printed = client.awaitEnd("the client to end after the reply");
        return new String(Arrays.copyOfRange(printed, printedBefore, printed.length), UTF_8);
    }

    /** The contract for a command that the kit's program was told. */
    @ExtendWith(SubjectResolver.class)
    public static final class OfCommand extends ClientContract {
        private final Input input;

        OfCommand(Input input) {
            this.input = input;
        }

        @Override
        protected CommandTemplate command() {
            return input.command;
        }

        @Override
        protected double loss() {
            return input.loss;
        }
    }
}
