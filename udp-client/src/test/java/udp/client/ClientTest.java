package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static udp.client.TestClients.HASTY;
import static udp.client.TestClients.PATIENT;
import static udp.client.TestClients.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.api.spi.TransportProvider;
import udp.test.FakeProvider;
import udp.test.Loopback;

/** The public methods of a client, over the loopback interface with both transports. */
@ParameterizedClass(name = "{0}")
@MethodSource("udp.client.TestClients#transports")
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientTest {
    private static final int MAX_IPV4 = 65_507;
    private static final int MAX_IPV6 = 65_527;
    private static final MessageProcessor IGNORE = (request, reply, peer) -> Outcome.NO_REPLY;

    @Parameter
    private TransportProvider provider;

    @Test
    void textIsSentAndReceivedAsUtf8() throws IOException {
        String text = "\u4f60\u597d\uff0c\u4e16\u754c";
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Client client = Client.of("127.0.0.1", peer.port(), provider, PATIENT)) {
            assertEquals(text, client.ask(text));
            assertArrayEquals(text.getBytes(UTF_8), peer.requests().get(0).bytes());
        }
    }

    @Test
    void theDefaultTransportNeedsNoConfiguration() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Client client = Client.of("127.0.0.1", peer.port())) {
            assertEquals("ping", client.ask("ping"));
        }
    }

    @Test
    void anIpv6AddressIsNamedInBrackets() throws IOException {
        Loopback.assumeIpv6();
        try (RefusingPort port = new RefusingPort(Loopback.IPV6);
                Client client = Client.of("::1", port.port(), provider, HASTY)) {
            String message = assertThrows(PortUnreachableException.class, () -> client.ask("ping"))
                    .getMessage();
            assertEquals("nothing listens on [::1]:" + port.port() + " (connection refused)", message);
        }
    }

    @Test
    void aHostThatDoesNotResolveIsRefused() {
        assertThrows(UnknownHostException.class, () -> Client.of("no-such-host.invalid", 50007, provider, PATIENT));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void aPortOutOfRangeIsRefused(int port) {
        assertThrows(IllegalArgumentException.class, () -> Client.of("127.0.0.1", port, provider, PATIENT));
    }

    @Test
    void theRequestIsSentFromPositionToLimitWhichStay() throws IOException {
        ByteBuffer request = ByteBuffer.wrap("<<ping>>".getBytes(UTF_8), 2, 4);
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                ScriptedPeer silent = new ScriptedPeer(ScriptedPeer.SILENCE);
                Client client = client(provider, PATIENT, peer.address());
                Client hasty = client(provider, HASTY, silent.address())) {
            client.exchange(request, IGNORE);
            assertThrows(SocketTimeoutException.class, () -> hasty.exchange(request, IGNORE));
            assertEquals(List.of("ping"), peer.texts());
        }
        assertEquals(2, request.position());
        assertEquals(6, request.limit());
    }

    @Test
    void theProcessorSeesTheServersAddressAndTheBytesThatCame() throws IOException {
        byte[] bytes = {0, (byte) 0xff, (byte) 0xfe, '\r', '\n', 27};
        List<String> seen = new ArrayList<>();
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> request.reply(bytes));
                Client client = client(provider, PATIENT, peer.address())) {
            client.exchange(UTF_8.encode("ping"), (request, reply, address) -> {
                byte[] got = new byte[request.remaining()];
                request.get(got);
                reply.put(got); // It is not sent.
                seen.add(address + " " + Arrays.toString(got));
                return Outcome.NO_REPLY;
            });
            assertEquals(List.of(peer.address() + " " + Arrays.toString(bytes)), seen);
            assertEquals(List.of("ping"), peer.texts());
        }
    }

    @Test
    void theProcessorsByteOrderDoesNotLast() throws IOException {
        List<ByteOrder> orders = new ArrayList<>();
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Client client = client(provider, PATIENT, peer.address())) {
            client.exchange(UTF_8.encode("a"), (request, reply, address) -> {
                orders.addAll(List.of(request.order(), reply.order()));
                request.order(ByteOrder.LITTLE_ENDIAN);
                reply.order(ByteOrder.LITTLE_ENDIAN);
                return orders.size() < 4 ? Outcome.REPLY : Outcome.NO_REPLY;
            });
        }
        assertEquals(Collections.nCopies(4, ByteOrder.BIG_ENDIAN), orders);
    }

    @Test
    void anExceptionOfTheProcessorIsThrown() throws IOException {
        RuntimeException thrown = new IllegalStateException("the processor's");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Client client = client(provider, PATIENT, peer.address())) {
            assertEquals(
                    thrown,
                    assertThrows(
                            IllegalStateException.class,
                            () -> client.exchange(UTF_8.encode("ping"), (request, reply, address) -> {
                                throw thrown;
                            })));
            assertEquals("again", client.ask("again"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MAX_IPV6})
    void anIpv6ServerReplies(int length) throws IOException {
        Loopback.assumeIpv6();
        String message = "x".repeat(length);
        try (ScriptedPeer peer = new ScriptedPeer(Loopback.IPV6, ScriptedPeer.ECHO);
                Client client = Client.of("::1", peer.port(), provider, PATIENT)) {
            assertEquals(message, client.ask(message));
        }
    }

    static Stream<Arguments> limits() {
        InetSocketAddress v4 = new InetSocketAddress(Loopback.IPV4, 7);
        InetSocketAddress v6 = new InetSocketAddress(Loopback.IPV6, 7);
        return Stream.of(
                Arguments.of(MAX_IPV4, List.of(v4)),
                Arguments.of(MAX_IPV6, List.of(v6)),
                Arguments.of(MAX_IPV4, List.of(v6, v4)));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void aMessageThatIsTooLargeForAnAddressIsRefusedBeforeASocketIsOpened(int max, List<InetSocketAddress> servers) {
        FakeProvider opened = new FakeProvider(provider::open);
        try (Client client = client(opened, PATIENT, servers.toArray(InetSocketAddress[]::new))) {
            Exception refusal = assertThrows(
                    IllegalArgumentException.class, () -> client.exchange(ByteBuffer.allocate(max + 1), IGNORE));
            assertEquals("the message is larger than a datagram (at most " + max + " bytes)", refusal.getMessage());
            assertEquals(List.of(), opened.opened);
        }
    }

    @Test
    void aReplyOfTheProcessorMayFillADatagramOrBeEmptyAndIsNoLarger() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Client client = client(provider, PATIENT, peer.address())) {
            List<Integer> lengths = new ArrayList<>(List.of(MAX_IPV4, 0, MAX_IPV4 + 1));
            MessageProcessor processor = MessageProcessor.ofBytes(reply -> new byte[lengths.remove(0)]);
            assertThrows(BufferOverflowException.class, () -> client.exchange(UTF_8.encode("ping"), processor));
            assertEquals(
                    List.of(4, MAX_IPV4, 0),
                    peer.requests().stream()
                            .map(request -> request.bytes().length)
                            .toList());
        }
    }
}
