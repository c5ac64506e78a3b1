package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.client.TestClients.AN_HOUR;
import static udp.client.TestClients.HASTY;
import static udp.client.TestClients.HASTY_WAITS;
import static udp.client.TestClients.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import udp.api.Transport;
import udp.test.Loopback;

/** How long a try waits: its wait is counted from the return of its first send. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientWaitTest {
    private static final InetSocketAddress REFUSING = new InetSocketAddress(Loopback.IPV4, 7);
    private static final InetSocketAddress SERVER = new InetSocketAddress(Loopback.IPV4, 9);
    private static final Duration LONG = Duration.ofMillis(200);

    private final List<Wait> waits = new ArrayList<>();

    /** The first call of {@code receive} after a send, in nanoseconds of {@link System#nanoTime}. */
    private record Wait(long sent, long begun, Duration timeout) {
        /** Returns the latest possible deadline: the client computed the timeout before the call. */
        long deadline() {
            return begun + timeout.toNanos();
        }
    }

    /** A transport that records each wait. The refusing server refuses; the other replies if it is told to. */
    private final class RecordingTransport implements Transport {
        private final InetSocketAddress server;
        private final boolean replies;
        private long sent;
        private boolean isRecorded;

        RecordingTransport(InetSocketAddress server, boolean replies) {
            this.server = server;
            this.replies = replies;
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress destination) {
            isRecorded = false;
            sent = System.nanoTime();
        }

        @Override
        public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
            if (!isRecorded) {
                waits.add(new Wait(sent, System.nanoTime(), timeout));
                isRecorded = true;
            }
            if (server.equals(REFUSING)) {
                throw new PortUnreachableException();
            }
            if (!replies) {
                LockSupport.parkNanos(timeout.toNanos());
                return null;
            }
            return server;
        }

        @Override
        public InetSocketAddress receive(ByteBuffer buffer) {
            throw new UnsupportedOperationException("a client's wait always has a limit");
        }

        @Override
        public InetSocketAddress localAddress() {
            return new InetSocketAddress(Loopback.IPV4, 5000);
        }

        @Override
        public void close() {}
    }

    @Test
    void theTimeToOpenTheSocketIsNoPartOfTheWait() throws IOException {
        FakeProvider slow = new FakeProvider(config -> {
            takeLong();
            return new RecordingTransport(config.remote(), true);
        });
        try (Client client = client(slow, AN_HOUR, SERVER)) {
            client.ask("ping");
        }
        Wait wait = waits.get(0);
        assertTrue(wait.timeout().compareTo(AN_HOUR.timeout()) <= 0, wait.toString());
        assertTrue(wait.deadline() - wait.sent() >= AN_HOUR.timeout().toNanos(), wait.toString());
    }

    @Test
    void aWaitThatIsShorterThanOpeningTheSocketIsAWaitNevertheless() throws IOException {
        FakeProvider slow = new FakeProvider(config -> {
            takeLong();
            return new RecordingTransport(config.remote(), true);
        });
        try (Client client = client(slow, new RetryPolicy(LONG.dividedBy(2), 1), SERVER)) {
            assertEquals("", client.ask("ping"));
        }
    }

    @Test
    void aRefusalByTheFirstAddressDoesNotExtendTheWait() throws IOException {
        FakeProvider provider = new FakeProvider(config -> {
            if (config.remote().equals(SERVER)) {
                takeLong();
            }
            return new RecordingTransport(config.remote(), true);
        });
        try (Client client = client(provider, AN_HOUR, REFUSING, SERVER)) {
            client.ask("ping");
        }
        Wait refused = waits.get(0);
        Wait replied = waits.get(1);
        assertTrue(replied.sent() - refused.sent() >= LONG.toNanos(), waits.toString());
        // The deadline was fixed before the first wait began, and the second send does not move it.
        long latest = refused.begun() + AN_HOUR.timeout().toNanos();
        assertTrue(replied.sent() + replied.timeout().toNanos() <= latest, waits.toString());
    }

    @Test
    void everyWaitIsTwiceTheWaitBefore() {
        FakeProvider provider = new FakeProvider(config -> new RecordingTransport(config.remote(), false));
        try (Client client = client(provider, HASTY, SERVER)) {
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> client.ask("ping"));
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(elapsed.compareTo(HASTY_WAITS) >= 0, elapsed.toString());
        }
        assertEquals(3, waits.size());
        for (int i = 0; i < 3; i++) {
            Duration expected = HASTY.timeout().multipliedBy(1L << i);
            Wait wait = waits.get(i);
            assertTrue(wait.timeout().compareTo(expected) <= 0, wait.toString());
            assertTrue(wait.deadline() - wait.sent() >= expected.toNanos(), wait.toString());
        }
    }

    /** Takes {@link #LONG} by the clock that the client uses. */
    private static void takeLong() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < LONG.toNanos()) {
            Thread.onSpinWait();
        }
    }
}
