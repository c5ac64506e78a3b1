package udp.it.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import udp.api.Transport;

@Timeout(30)
class WindowTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.1", 9);

    /** The replies of a server, some of them other than they should be, by the number of the request. */
    private static final class Replies implements Transport {
        private final Map<Integer, UnaryOperator<List<String>>> faults = new HashMap<>();
        private final Deque<String> queue = new ArrayDeque<>();
        private int sent;

        void at(int request, UnaryOperator<List<String>> fault) {
            faults.put(request, fault);
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            String upper = ISO_8859_1.decode(datagram).toString().toUpperCase(Locale.ROOT);
            UnaryOperator<List<String>> fault = faults.getOrDefault(sent++, replies -> replies);
            if (fault == null) {
                throw new PortUnreachableException();
            }
            queue.addAll(fault.apply(List.of(upper)));
        }

        @Override
        public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
            if (queue.isEmpty()) {
                if (faults.containsKey(-1)) {
                    throw new PortUnreachableException();
                }
                return null; // at once, which a transport may not do
            }
            byte[] reply = queue.remove().getBytes(ISO_8859_1);
            buffer.put(reply, 0, Math.min(reply.length, buffer.remaining()));
            return SERVER;
        }

        @Override
        public InetSocketAddress receive(ByteBuffer buffer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InetSocketAddress localAddress() {
            return SERVER;
        }

        @Override
        public void close() {}
    }

    private final Replies replies = new Replies();

    /** Sends each slot once, since its time is over then. */
    private Window run(int size, int slots) throws IOException {
        Window window = new Window(replies, SERVER, size, slots);
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
        Window window = new Window(replies, SERVER, 100, 3);
        window.run(System.nanoTime() + Duration.ofMillis(20).toNanos());
        assertEquals(replies.sent, window.exchanges);
        assertEquals("0 lost, 0 stray, 0 wrong", counts(window).replaceFirst(".* right, (.*), .* timed", "$1"));
    }

    @Test
    void countsWhatIsLost() throws IOException {
        replies.at(1, list -> List.of());
        assertEquals("2 right, 1 lost, 0 stray, 0 wrong, 2 timed", counts(run(32, 3)));
    }

    @Test
    void sendsAnotherForWhatIsLost() throws IOException {
        replies.at(0, list -> List.of());
        Window window = new Window(replies, SERVER, 32, 1);
        window.run(System.nanoTime() + Window.LIMIT.multipliedBy(2).toNanos());
        assertEquals(1, window.lost);
        assertEquals(replies.sent - 1, window.exchanges);
    }

    @Test
    void countsDuplicates() throws IOException {
        replies.at(0, list -> List.of(list.get(0), list.get(0)));
        assertEquals("3 right, 0 lost, 1 stray, 0 wrong, 3 timed", counts(run(32, 3)));
    }

    @Test
    void countsWrongReplies() throws IOException {
        replies.at(0, list -> List.of(list.get(0).substring(0, 31) + "f")); // not in upper case
        replies.at(1, list -> List.of(list.get(0) + "!"));
        replies.at(2, list -> List.of(list.get(0).substring(0, 31)));
        assertEquals("1 right, 0 lost, 0 stray, 3 wrong, 1 timed", counts(run(32, 4)));
    }

    @Test
    void countsRepliesToNothing() throws IOException {
        replies.at(0, list -> List.of("", "hello", "PPPPPPPP" + list.get(0).substring(8)));
        assertEquals("1 right, 1 lost, 1 stray, 2 wrong, 1 timed", counts(run(32, 2)));
    }

    @Test
    void countsWhatAClosedPortDoesNotAnswerAsLost() throws IOException {
        replies.at(0, null);
        replies.at(-1, null);
        assertEquals("1 right, 1 lost, 0 stray, 0 wrong, 1 timed", counts(run(32, 2)));
    }
}
