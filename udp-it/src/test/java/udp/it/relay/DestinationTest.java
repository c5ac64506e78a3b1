package udp.it.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Times are in nanoseconds, and the patience is 10. */
@Timeout(30)
class DestinationTest {
    private static final InetSocketAddress A = new InetSocketAddress("127.0.0.1", 1);
    private static final InetSocketAddress B = new InetSocketAddress("127.0.0.1", 2);
    private static final InetSocketAddress C = new InetSocketAddress("127.0.0.1", 3);

    private static Destination destination(Callable<List<InetSocketAddress>> resolver) {
        return new Destination(List.of(A, B), resolver, Duration.ofNanos(10));
    }

    @Test
    void anAddressStaysAsLongAsItReplies() {
        Destination destination = destination(() -> List.of(C));
        for (long now = 0; now < 100; now += 8) {
            assertFalse(destination.noteRequest(now));
            assertFalse(destination.noteRequest(now + 1));
            destination.noteReply();
        }
        assertEquals(A, destination.address());
    }

    @Test
    void aSilentAddressIsLeftForTheNextAndAllOfThemForThoseOfANewLookUp() {
        Destination destination = destination(() -> List.of(C));
        assertFalse(destination.noteRequest(0));
        assertFalse(destination.noteRequest(9));
        assertTrue(destination.noteRequest(10));
        assertEquals(B, destination.address());
        assertFalse(destination.noteRequest(11));
        assertFalse(destination.noteRequest(20));
        assertTrue(destination.noteRequest(21));
        assertEquals(A, destination.address(), "the look-up may take its time");
        for (long now = 30; !destination.address().equals(C); now += 5) {
            destination.noteRequest(now);
            Thread.onSpinWait();
        }
    }

    @Test
    void aPauseOfTheClientsIsNoSilenceOfTheServer() {
        Destination destination = destination(() -> List.of(C));
        for (long now = 0; now < 1000; now += 10) {
            assertFalse(destination.noteRequest(now));
        }
    }

    @Test
    void aLookUpThatFailsLeavesTheKnownAddresses() {
        Destination destination = destination(() -> {
            throw new UnknownHostException("gone");
        });
        for (long now = 0; now < 1000; now += 5) {
            destination.noteRequest(now);
            assertTrue(List.of(A, B).contains(destination.address()));
        }
    }
}
