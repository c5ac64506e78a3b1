package udp.internal.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests of receiving through faults. */
class FaultyReceiveTest extends FaultyFixture {
    @Test
    void whatIsLostDuplicatedOrDamagedIsReceivedSo() throws IOException {
        wrap(DUPLICATE);
        arriving.add("a");
        assertEquals("a", receive(HOUR));
        assertEquals("a", receive(Duration.ZERO));
        assertNull(receive(Duration.ZERO));
        wrap(faults(0, 0, 0, 1, 1));
        arriving.add("hello");
        String damaged = receive(HOUR);
        assertTrue(damaged.length() < 5);
        assertNotEquals("hello".substring(0, damaged.length()), damaged);
        wrap(LOSS);
        arriving.addAll(List.of("b", "c"));
        assertNull(receive(Duration.ZERO)); // One look is enough (rule 1.4).
        assertEquals(List.of("c"), List.copyOf(arriving));
        long start = clock.nanoTime();
        assertNull(receive(HOUR));
        assertEquals(HOUR.toNanos(), clock.nanoTime() - start);
    }

    @Test
    void equalSeedsGiveEqualFatesWhichDifferByDirection() throws IOException {
        for (boolean in : new boolean[] {true, false}) {
            assertEquals(fates(1, in), fates(1, in));
            assertNotEquals(fates(1, in), fates(2, in));
        }
        assertNotEquals(fates(1, true), fates(1, false));
    }

    @Test
    void theLastDatagramLeavesAndIsReceivedAlsoWhenItIsHeldBack() throws Exception {
        wrap(REORDER);
        arriving.addAll(List.of("a", "b"));
        assertEquals("a", receive(null));
        assertEquals("b", receive(HOUR));
        send("last");
        clock.pass(Duration.ofMillis(50));
        assertEquals("last", left.take());
    }

    @Test
    void whatIsDelayedIsReceivedLater() throws IOException {
        wrap(delay(Duration.ofMillis(5)));
        for (Duration timeout : Arrays.asList(HOUR, null)) {
            arriving.add("a");
            long start = clock.nanoTime();
            assertEquals("a", receive(timeout));
            assertEquals(5_000_000, clock.nanoTime() - start);
        }
        arriving.add("b");
        assertNull(receive(Duration.ofMillis(4))); // It is left for a later receive.
        assertEquals("b", receive(MILLI));
    }

    @Test
    void whatIsWrongIsRefused() {
        wrap(LOSS);
        ByteBuffer readOnly = ByteBuffer.allocate(1).asReadOnlyBuffer();
        assertThrows(IllegalArgumentException.class, () -> transport.receive(readOnly));
        assertThrows(IllegalArgumentException.class, () -> receive(Duration.ofNanos(-1)));
    }

    @Test
    void withoutATimeLimitTheTransportIsGivenNoneAndItsFailuresPass() throws IOException {
        wrap(DUPLICATE);
        receiveFailure = new PortUnreachableException();
        assertThrows(PortUnreachableException.class, () -> receive(null));
        receiveFailure = null;
        arriving.add("a");
        assertEquals("a", receive(null));
        assertEquals(Arrays.asList(null, null), waits);
    }

    @Test
    void nothingIsReceivedAfterAnInterruptHasClosedTheTransport() throws IOException {
        wrap(delay(HOUR));
        arriving.add("a");
        assertNull(receive(Duration.ZERO)); // It found a datagram, which is delayed.
        receiveFailure = new ClosedByInterruptException();
        assertThrows(ClosedByInterruptException.class, () -> receive(HOUR));
        assertThrows(ClosedChannelException.class, () -> receive(HOUR));
        assertEquals(2, waits.size());
    }

    private List<String> fates(long seed, boolean in) throws IOException {
        wrap(new Faults(0.2, 0.2, 0, 0.2, 0.2, Duration.ZERO, Duration.ZERO, seed));
        List<String> received = new ArrayList<>();
        for (int i = 100; i < 200; i++) {
            if (in) {
                arriving.add("datagram " + i);
            } else {
                send("datagram " + i);
            }
        }
        for (String next = receive(MILLI); next != null; next = receive(MILLI)) {
            received.add(next);
        }
        return in ? received : allLeft();
    }
}
