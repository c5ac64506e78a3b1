package udp.it.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import udp.api.Transport;

/**
 * A client that keeps a number of requests outstanding, or that sends at a fixed rate. Each request carries a number in
 * capital letters, which the server does not change. The remainder of the number by the window is the slot where the client
 * remembers the request.
 */
final class Window {
    /** The time after which a request without a reply is lost, and its reply is late. */
    static final Duration TIME_LIMIT = Duration.ofMillis(500);

    static final int NUMBER_BYTES = 8;

    private static final Duration POLL_TIME = TIME_LIMIT.dividedBy(10);
    private static final int NOTHING = -1;

    final Histogram latencies = Measurement.histogram();
    long exchanges;
    long lost;
    long unsent; // due, but the client had no time to send them
    long stray; // late, or a duplicate
    long wrong;
    long lastReplyNanos; // System.nanoTime()

    private final Transport transport;
    private final InetSocketAddress server;
    private final ByteBuffer request;
    private final ByteBuffer expected;
    private final ByteBuffer reply;
    private final int[] numbers; // by slot
    private final long[] sentNanos; // by slot
    private final long[] dueNanos; // by slot: the time from which the latency counts
    private final boolean[] outstanding; // by slot
    private int count; // of outstanding requests

    Window(Transport transport, InetSocketAddress server, int size, int window) {
        this.transport = transport;
        this.server = server;
        request = ByteBuffer.allocateDirect(size);
        expected = ByteBuffer.allocateDirect(size);
        reply = ByteBuffer.allocateDirect(size + 1); // a byte more, to notice a longer reply (rule 1.3)
        for (int i = 0; i < size; i++) {
            request.put(i, (byte) ('a' + i % 26));
            expected.put(i, (byte) ('A' + i % 26));
        }
        numbers = new int[window];
        sentNanos = new long[window];
        dueNanos = new long[window];
        outstanding = new boolean[window];
        for (int slot = 0; slot < window; slot++) {
            numbers[slot] = slot;
        }
    }

    /** Returns how many requests a client at this rate must remember to notice the reply to each within the time limit. */
    static int slots(double perSecond) {
        return (int) Math.max(16, Math.ceil(perSecond * TIME_LIMIT.toNanos() / 1e9));
    }

    /** Sends the next request when a reply has come, until the given time, then waits for the outstanding replies. */
    void run(long endNanos) throws IOException {
        lastReplyNanos = System.nanoTime();
        for (int slot = 0; slot < numbers.length; slot++) {
            send(slot, System.nanoTime());
        }
        long pollNanos = System.nanoTime() + POLL_TIME.toNanos();
        while (count > 0) {
            int slot = receive(POLL_TIME);
            long now = System.nanoTime();
            if (slot != NOTHING && now - endNanos < 0) {
                send(slot, now);
            }
            if (now - pollNanos > 0) {
                giveUp(now, endNanos);
                pollNanos = now + POLL_TIME.toNanos();
            }
        }
    }

    /**
     * Sends on a schedule until the given time, whatever comes back, then waits for the outstanding replies. The latency
     * counts from the time at which a request was due. So a pause of either side delays all requests that fall into it.
     */
    void runAtRate(double perSecond, long endNanos) throws IOException {
        long start = System.nanoTime();
        lastReplyNanos = start;
        long sent = 0;
        for (long now = start; now - endNanos < 0; now = System.nanoTime()) {
            long due = start + (long) (sent * 1e9 / perSecond);
            if (now - due >= 0) {
                int slot = (int) (sent++ % numbers.length);
                if (outstanding[slot]) { // for longer than the time limit
                    free(slot);
                    lost++;
                }
                send(slot, due);
            }
            receive(Duration.ZERO); // A wait could end after the next request is due.
        }
        unsent = Math.max(0, (long) ((endNanos - start) / 1e9 * perSecond) - sent);
        while (count > 0 && System.nanoTime() - endNanos < TIME_LIMIT.toNanos()) {
            receive(POLL_TIME);
        }
        lost += count;
    }

    private void send(int slot, long due) throws IOException {
        int number = numbers[slot] += numbers.length;
        for (int i = 0; i < NUMBER_BYTES; i++) {
            request.put(i, (byte) ('A' + (number >>> 4 * i & 0xf)));
        }
        outstanding[slot] = true;
        count++;
        dueNanos[slot] = due;
        sentNanos[slot] = System.nanoTime();
        try {
            transport.send(request.clear(), server);
        } catch (PortUnreachableException e) {
            // the server has ended: the request counts as lost
        }
    }

    /** Waits for a reply, and returns the slot that it has freed, or {@link #NOTHING}. */
    private int receive(Duration wait) throws IOException {
        try {
            return transport.receive(reply.clear(), wait) == null ? NOTHING : take(System.nanoTime());
        } catch (PortUnreachableException e) {
            return NOTHING;
        }
    }

    private int take(long now) {
        reply.flip();
        int number = reply.limit() < NUMBER_BYTES ? NOTHING : number();
        int slot = Integer.remainderUnsigned(number, numbers.length);
        if (reply.limit() < NUMBER_BYTES || !outstanding[slot] || numbers[slot] != number) {
            if (isUpperCase()) {
                stray++;
            } else {
                wrong++;
            }
            return NOTHING;
        }
        free(slot);
        if (isUpperCase()) {
            exchanges++;
            lastReplyNanos = now;
            latencies.recordValue(Math.min(now - dueNanos[slot], latencies.getHighestTrackableValue()));
        } else {
            wrong++;
        }
        return slot;
    }

    private int number() {
        int number = 0;
        for (int i = 0; i < NUMBER_BYTES; i++) {
            number |= (reply.get(i) - 'A' & 0xf) << 4 * i;
        }
        return number;
    }

    /** Returns whether the reply has the size of the request, and its text in upper case behind the number. */
    private boolean isUpperCase() {
        if (reply.limit() != expected.capacity()) {
            return false;
        }
        return reply.position(NUMBER_BYTES).mismatch(expected.position(NUMBER_BYTES)) < 0;
    }

    private void giveUp(long now, long endNanos) throws IOException {
        for (int slot = 0; slot < numbers.length; slot++) {
            if (outstanding[slot] && now - sentNanos[slot] > TIME_LIMIT.toNanos()) {
                free(slot);
                lost++;
                if (now - endNanos < 0) {
                    send(slot, now);
                }
            }
        }
    }

    private void free(int slot) {
        outstanding[slot] = false;
        count--;
    }
}
