package udp.it.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import udp.test.FakeTransport;

@Timeout(30)
class WindowTest {
    private final Map<Integer, UnaryOperator<List<String>>> faults = new HashMap<>(); // by number of the request
    private final Deque<String> queue = new ArrayDeque<>();
    private final FakeTransport replies = new FakeTransport();

    @BeforeEach
    void reply() {
        replies.send = (datagram, destination) -> {
            String upper = ISO_8859_1.decode(datagram).toString().toUpperCase(Locale.ROOT);
            UnaryOperator<List<String>> fault = faults.getOrDefault(replies.sent.get() - 1, list -> list);
            if (fault == null) {
                throw new PortUnreachableException();
            }
            queue.addAll(fault.apply(List.of(upper)));
        };
        replies.receive = buffer -> {
            if (queue.isEmpty()) {
                if (faults.containsKey(-1)) {
                    throw new PortUnreachableException();
                }
                return null; // earlier than a real transport would
            }
            byte[] reply = queue.remove().getBytes(ISO_8859_1);
            buffer.put(reply, 0, Math.min(reply.length, buffer.remaining()));
            return FakeTransport.PEER;
        };
    }

    /** Sends a request for each slot: the time is over after that. */
    private Window run(int size, int slots) throws IOException {
        Window window = new Window(replies, FakeTransport.PEER, size, slots);
        window.run(System.nanoTime());
        return window;
    }

    private static String counts(Window window) {
        return window.exchanges + " right, " + window.lost + " lost, " + window.stray + " stray, " + window.wrong
                + " wrong, " + window.latencies.getTotalCount() + " timed";
    }

    @Test
    void countsRightReplies() throws IOException {
        assertEquals("5 right, 0 lost, 0 stray, 0 wrong, 5 timed", counts(run(32, 5)));
        assertEquals("5 right, 0 lost, 0 stray, 0 wrong, 5 timed", counts(run(Window.NUMBER_BYTES, 5)));
    }

    @Test
    void sendsAgainUntilItsTimeIsOver() throws IOException {
        Window window = new Window(replies, FakeTransport.PEER, 100, 3);
        window.run(System.nanoTime() + Duration.ofMillis(20).toNanos());
        assertEquals(replies.sent.get(), window.exchanges);
        assertEquals("0 lost, 0 stray, 0 wrong", counts(window).replaceFirst(".* right, (.*), .* timed", "$1"));
    }

    @Test
    void countsWhatIsLost() throws IOException {
        faults.put(1, list -> List.of());
        assertEquals("2 right, 1 lost, 0 stray, 0 wrong, 2 timed", counts(run(32, 3)));
    }

    @Test
    void sendsAnotherForWhatIsLost() throws IOException {
        faults.put(0, list -> List.of());
        Window window = new Window(replies, FakeTransport.PEER, 32, 1);
        window.run(System.nanoTime() + Window.TIME_LIMIT.multipliedBy(2).toNanos());
        assertEquals(1, window.lost);
        assertEquals(replies.sent.get() - 1, window.exchanges);
    }

    @Test
    void countsDuplicates() throws IOException {
        faults.put(0, list -> List.of(list.get(0), list.get(0)));
        assertEquals("3 right, 0 lost, 1 stray, 0 wrong, 3 timed", counts(run(32, 3)));
    }

    @Test
    void countsWrongReplies() throws IOException {
        faults.put(0, list -> List.of(list.get(0).substring(0, 31) + "f")); // not in upper case
        faults.put(1, list -> List.of(list.get(0) + "!"));
        faults.put(2, list -> List.of(list.get(0).substring(0, 31)));
        assertEquals("1 right, 0 lost, 0 stray, 3 wrong, 1 timed", counts(run(32, 4)));
    }

    @Test
    void countsRepliesToNothing() throws IOException {
        faults.put(0, list -> List.of("", "hello", "PPPPPPPP" + list.get(0).substring(8)));
        assertEquals("1 right, 1 lost, 1 stray, 2 wrong, 1 timed", counts(run(32, 2)));
    }

    private Window runAtRate(double perSecond, Duration time) throws IOException {
        Window window = new Window(replies, FakeTransport.PEER, 32, Window.slots(perSecond));
        window.runAtRate(perSecond, System.nanoTime() + time.toNanos());
        return window;
    }

    @Test
    void sendsAtARateWhateverComesBack() throws IOException {
        replies.receive = buffer -> null;
        Window window = runAtRate(1000, Duration.ofMillis(20));
        assertEquals(0, window.exchanges);
        assertEquals(replies.sent.get(), window.lost);
        long due = window.lost + window.unsent;
        assertTrue(due == 19 || due == 20, due + " were due");
    }

    @Test
    void countsALatencyFromWhenTheRequestWasDue() throws IOException {
        UnaryOperator<List<String>> pause = list -> {
            await(Duration.ofMillis(30));
            return list;
        };
        faults.put(0, pause);
        Window window = runAtRate(1000, Duration.ofMillis(100));
        long late = window.latencies.getCountBetweenValues(9_900_000, Long.MAX_VALUE);
        assertTrue(late + window.unsent >= 20, "all that were due in the first 20 of 30 ms, but only " + late);
    }

    @Test
    void countsWhatItHadNoTimeToSend() throws IOException {
        faults.put(2, list -> {
            await(Duration.ofMillis(60));
            return list;
        });
        Window window = runAtRate(1000, Duration.ofMillis(50));
        assertTrue(window.unsent >= 40, window.unsent + " unsent");
        assertEquals(replies.sent.get(), window.exchanges);
    }

    @Test
    void forgetsWhatIsLost() throws IOException {
        replies.receive = buffer -> null;
        Window window = new Window(replies, FakeTransport.PEER, 32, 2);
        window.runAtRate(1000, System.nanoTime() + Duration.ofMillis(20).toNanos());
        assertEquals(replies.sent.get(), window.lost);
    }

    private static void await(Duration time) {
        for (long start = System.nanoTime(); System.nanoTime() - start < time.toNanos(); ) {
            Thread.onSpinWait();
        }
    }

    @Test
    void countsRequestsToAClosedPortAsLost() throws IOException {
        faults.put(0, null);
        faults.put(-1, null);
        assertEquals("1 right, 1 lost, 0 stray, 0 wrong, 1 timed", counts(run(32, 2)));
    }
}
