package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import udp.api.Transport;
import udp.test.FakeProvider;
import udp.test.Loopback;
import udp.test.ScriptedTransport;
import udp.test.SocketFailures;

/** Every failure of every call of a transport leads to another try or to a message in words. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientFailureTest {
    private enum Call {
        OPEN,
        SEND,
        RECEIVE,
        CLOSE
    }

    private static final InetSocketAddress SERVER = new InetSocketAddress(Loopback.IPV4, 7);
    private static final InetSocketAddress OTHER = new InetSocketAddress(Loopback.IPV4, 9);
    private static final RetryPolicy BRIEF = new RetryPolicy(Duration.ofMillis(1), 3);

    /** A socket whose server replies to every request. */
    private final class Socket implements Transport {
        private final InetSocketAddress server;
        private boolean isSent;

        Socket(InetSocketAddress server) {
            this.server = server;
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            failIf(Call.SEND);
            isSent = true;
        }

        @Override
        public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
            failIf(Call.RECEIVE);
            if (!isSent || server.equals(silent)) {
                return null;
            }
            buffer.put(UTF_8.encode("pong"));
            return server;
        }

        @Override
        public InetSocketAddress receive(ByteBuffer buffer) {
            throw new UnsupportedOperationException("a client's wait always has a limit");
        }

        @Override
        public InetSocketAddress localAddress() {
            return new InetSocketAddress(Loopback.IPV4, 5_000 + server.getPort());
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            failIf(Call.CLOSE);
        }
    }

    private final List<Socket> open = new ArrayList<>();
    private RetryPolicy policy = TestClients.PERSISTENT;
    private InetSocketAddress silent;
    private Call failing;
    private Throwable failure;
    private int failures;

    static Stream<Arguments> passing() {
        return ioFailures()
                .flatMap(failure -> Stream.of(Call.SEND, Call.RECEIVE).map(call -> Arguments.of(call, failure)));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aFailureThatPassesCostsATryAtMost(Call call, IOException thrown) throws IOException {
        fail(call, thrown, 2);
        assertEquals("pong", ask(SERVER));
    }

    static Stream<Arguments> lasting() {
        return ioFailures()
                .flatMap(failure ->
                        Stream.of(Call.OPEN, Call.SEND, Call.RECEIVE).map(call -> Arguments.of(call, failure)));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void aFailureThatLastsIsToldInWords(Call call, IOException thrown) {
        policy = BRIEF;
        fail(call, thrown, Integer.MAX_VALUE);
        assertInWords(assertThrows(IOException.class, () -> ask(SERVER)));
        assertInWords(assertThrows(IOException.class, () -> ask(SERVER, OTHER)));
    }

    /** It happens when the process has no descriptor left. */
    @Test
    void aSocketThatCannotBeOpenedAgainIsToldInWords() {
        List<InetSocketAddress> asked = new ArrayList<>();
        FakeProvider once = new FakeProvider(config -> {
            asked.add(config.remote());
            if (asked.size() > 1) {
                throw new SocketException();
            }
            return new Socket(config.remote());
        });
        fail(Call.SEND, new SocketException("Network is unreachable"), Integer.MAX_VALUE);
        assertInWords(assertThrows(IOException.class, () -> ask(once, SERVER, OTHER)));
        assertEquals(List.of(SERVER, OTHER, SERVER), asked);
    }

    static List<Throwable> unchecked() {
        return SocketFailures.all().stream()
                .filter(failure -> !(failure instanceof IOException))
                .toList();
    }

    /** A mistake in a transport, or a state of the JVM, is reported as it is. */
    @ParameterizedTest
    @MethodSource("unchecked")
    void anUncheckedFailureIsThrownAndLeavesNothingOpen(Throwable thrown) {
        for (Call call : List.of(Call.OPEN, Call.SEND, Call.RECEIVE)) {
            fail(call, thrown, 1);
            assertSame(thrown, assertThrows(Throwable.class, () -> ask(SERVER)));
            assertEquals(List.of(), open);
        }
    }

    static Stream<IOException> closings() {
        return Stream.of(
                new ClosedChannelException(), new AsynchronousCloseException(), new ClosedByInterruptException());
    }

    @ParameterizedTest
    @MethodSource("closings")
    void aTransportThatIsClosedEndsTheExchange(IOException thrown) {
        for (Call call : List.of(Call.OPEN, Call.SEND, Call.RECEIVE)) {
            fail(call, thrown, 1);
            assertSame(thrown, assertThrows(ClosedChannelException.class, () -> ask(SERVER)));
        }
    }

    @Test
    void aFailureToCloseDoesNotLoseTheReply() throws IOException {
        fail(Call.CLOSE, new IOException("Input/output error"), Integer.MAX_VALUE);
        assertEquals("pong", ask(SERVER));
    }

    @Test
    void aFailureToCloseDoesNotPreventTheNextAddress() throws IOException {
        fail(Call.CLOSE, new IOException("Input/output error"), Integer.MAX_VALUE);
        silent = SERVER;
        assertEquals("pong", ask(SERVER, OTHER));
    }

    private static Stream<IOException> ioFailures() {
        return Stream.concat(
                Stream.of(new SocketTimeoutException("Receive timed out"), new SocketTimeoutException()),
                SocketFailures.all().stream()
                        .filter(IOException.class::isInstance)
                        .map(IOException.class::cast));
    }

    private static void assertInWords(IOException failure) {
        String message = failure.getMessage();
        assertNotNull(message);
        // On a slow machine, the wait of a try may be over before its receive fails.
        List<String> starts = List.of(TestClients.NAME, "nothing listens on ", "no reply from ");
        assertTrue(starts.stream().anyMatch(message::startsWith), message);
        assertFalse(message.contains("null"), message);
    }

    private void fail(Call call, Throwable thrown, int times) {
        failing = call;
        failure = thrown;
        failures = times;
    }

    private void failIf(Call call) throws IOException {
        if (call == failing && failures > 0) {
            failures--;
            throw ScriptedTransport.rethrown(failure);
        }
    }

    private String ask(InetSocketAddress... servers) throws IOException {
        FakeProvider provider = new FakeProvider(config -> {
            failIf(Call.OPEN);
            Socket socket = new Socket(config.remote());
            open.add(socket);
            return socket;
        });
        return ask(provider, servers);
    }

    private String ask(FakeProvider provider, InetSocketAddress... servers) throws IOException {
        try (Client client = TestClients.clientInNoTime(provider, policy, servers)) {
            return client.ask("ping");
        }
    }
}
