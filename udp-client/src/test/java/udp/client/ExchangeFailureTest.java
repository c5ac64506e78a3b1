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

/** Every failure of every call of a transport leads to another try or to a message in words. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExchangeFailureTest {
    private enum Call {
        OPEN,
        SEND,
        RECEIVE,
        CLOSE
    }

    private static final InetSocketAddress SERVER = new InetSocketAddress(Loopback.IPV4, 7);
    private static final InetSocketAddress OTHER = new InetSocketAddress(Loopback.IPV4, 9);
    private static final RetryPolicy BRIEF = new RetryPolicy(Duration.ofMillis(1), 3);

    /** A server's side of the socket: it answers what was sent. */
    private final class Socket implements Transport {
        private final InetSocketAddress server;
        private boolean asked;

        Socket(InetSocketAddress server) {
            this.server = server;
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            failIf(Call.SEND);
            asked = true;
        }

        @Override
        public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
            failIf(Call.RECEIVE);
            if (!asked || server.equals(silent)) {
                return null;
            }
            buffer.put(UTF_8.encode("pong"));
            return server;
        }

        @Override
        public InetSocketAddress receive(ByteBuffer buffer) {
            throw new UnsupportedOperationException("an exchange always has a limit");
        }

        @Override
        public InetSocketAddress localAddress() {
            return new InetSocketAddress(Loopback.IPV4, 5_000);
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            failIf(Call.CLOSE);
        }
    }

    private final ByteBuffer reply = ByteBuffer.allocate(100);
    private final List<Socket> open = new ArrayList<>();
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
        fail(call, thrown, Integer.MAX_VALUE);
        assertInWords(assertThrows(IOException.class, () -> ask(SERVER)));
        assertInWords(assertThrows(IOException.class, () -> ask(SERVER, OTHER)));
    }

    /** As when there are no more descriptors. */
    @Test
    void aSocketThatCannotBeOpenedAgainIsToldInWords() {
        List<InetSocketAddress> asked = new ArrayList<>();
        Exchange.Opener opener = server -> {
            asked.add(server);
            if (asked.size() > 1) {
                throw new SocketException();
            }
            return new Socket(server);
        };
        fail(Call.SEND, new SocketException("Network is unreachable"), Integer.MAX_VALUE);
        assertInWords(assertThrows(IOException.class, () -> ask(opener, SERVER, OTHER)));
        assertEquals(List.of(SERVER, OTHER, SERVER), asked);
    }

    static List<Throwable> unchecked() {
        return ClientSocketFailureTest.failures().stream()
                .filter(failure -> !(failure instanceof IOException))
                .toList();
    }

    /** They come from a mistake in the transport, or are not for it to mend; its author sees them as they are. */
    @ParameterizedTest
    @MethodSource("unchecked")
    void whatIsNoFailureOfTheNetworkComesOutAndLeavesNothingOpen(Throwable thrown) {
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
    void aTransportThatSomeoneClosesEndsTheExchange(IOException thrown) {
        for (Call call : List.of(Call.OPEN, Call.SEND, Call.RECEIVE)) {
            fail(call, thrown, 1);
            assertSame(thrown, assertThrows(ClosedChannelException.class, () -> ask(SERVER)));
        }
    }

    @Test
    void aFailureToCloseDoesNotTakeTheReplyAway() throws IOException {
        fail(Call.CLOSE, new IOException("Input/output error"), Integer.MAX_VALUE);
        assertEquals("pong", ask(SERVER));
    }

    @Test
    void aFailureToCloseDoesNotKeepFromTheNextAddress() throws IOException {
        fail(Call.CLOSE, new IOException("Input/output error"), Integer.MAX_VALUE);
        silent = SERVER;
        assertEquals("pong", ask(SERVER, OTHER));
    }

    private static Stream<IOException> ioFailures() {
        return Stream.concat(
                Stream.of(new SocketTimeoutException("Receive timed out"), new SocketTimeoutException()),
                ClientSocketFailureTest.failures().stream()
                        .filter(IOException.class::isInstance)
                        .map(IOException.class::cast));
    }

    private static void assertInWords(IOException failure) {
        String message = failure.getMessage();
        assertNotNull(message);
        assertTrue(message.startsWith(Loopback.NAME) || message.startsWith("nothing listens on "), message);
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
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            throw (RuntimeException) failure;
        }
    }

    private String ask(InetSocketAddress... servers) throws IOException {
        return ask(
                server -> {
                    failIf(Call.OPEN);
                    Socket socket = new Socket(server);
                    open.add(socket);
                    return socket;
                },
                servers);
    }

    private String ask(Exchange.Opener opener, InetSocketAddress... servers) throws IOException {
        try (Exchange exchange = new Exchange(Loopback.NAME, List.of(servers), opener, BRIEF, reason -> {})) {
            exchange.run(UTF_8.encode("ping"), reply);
        }
        return UTF_8.decode(reply.flip()).toString();
    }
}
