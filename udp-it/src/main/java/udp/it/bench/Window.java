package udp.it.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import udp.api.Transport;

/**
 * One client: keeps a number of datagrams outstanding and sends the next one when a reply has come. Each has a number,
 * spelt in capital letters, since upper-casing leaves them as they are; its remainder by the window is the slot where
 * the client remembers it.
 */
final class Window {
    /** A datagram without a reply for that long is lost; what comes later is late. */
    static final Duration LIMIT = Duration.ofMillis(500);

    static final int NUMBER_BYTES = 8;

    private static final Duration LOOK = LIMIT.dividedBy(10);
    private static final int NOTHING = -1;

    final Histogram latencies = Measurement.histogram();
    long exchanges;
    long lost;
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
    private final boolean[] outstanding; // by slot
    private int count; // of what is outstanding

    Window(Transport transport, InetSocketAddress server, int size, int window) {
        this.transport = transport;
        this.server = server;
        request = ByteBuffer.allocateDirect(size);
        expected = ByteBuffer.allocateDirect(size);
        reply = ByteBuffer.allocateDirect(size + 1); // notices a longer one (rule 1.3)
        for (int i = 0; i < size; i++) {
            request.put(i, (byte) ('a' + i % 26));
            expected.put(i, (byte) ('A' + i % 26));
        }
        numbers = new int[window];
        sentNanos = new long[window];
        outstanding = new boolean[window];
        for (int slot = 0; slot < window; slot++) {
            numbers[slot] = slot;
        }
    }

    /** Sends until the given time, then waits for what is outstanding. */
    void run(long endNanos) throws IOException {
        lastReplyNanos = System.nanoTime();
        for (int slot = 0; slot < numbers.length; slot++) {
            send(slot);
        }
        long lookNanos = System.nanoTime() + LOOK.toNanos();
        while (count > 0) {
            boolean came = receive();
            long now = System.nanoTime();
            int slot = came ? take(now) : NOTHING;
            if (slot != NOTHING && now - endNanos < 0) {
                send(slot);
            }
            if (now - lookNanos > 0) {
                giveUp(now, endNanos);
                lookNanos = now + LOOK.toNanos();
            }
        }
    }

    private void send(int slot) throws IOException {
        int number = numbers[slot] += numbers.length;
        for (int i = 0; i < NUMBER_BYTES; i++) {
            request.put(i, (byte) ('A' + (number >>> 4 * i & 0xf)));
        }
        outstanding[slot] = true;
        count++;
        sentNanos[slot] = System.nanoTime();
        try {
            transport.send(request.clear(), server);
        } catch (PortUnreachableException e) {
            // the server has gone: this one counts as lost
        }
    }

    private boolean receive() throws IOException {
        try {
            return transport.receive(reply.clear(), LOOK) != null;
        } catch (PortUnreachableException e) {
            return false;
        }
    }

    /** Returns the slot that the reply has freed. */
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
            latencies.recordValue(Math.min(now - sentNanos[slot], latencies.getHighestTrackableValue()));
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

    /** Of the size of the request, and the same text behind the number. */
    private boolean isUpperCase() {
        if (reply.limit() != expected.capacity()) {
            return false;
        }
        return reply.position(NUMBER_BYTES).mismatch(expected.position(NUMBER_BYTES)) < 0;
    }

    private void giveUp(long now, long endNanos) throws IOException {
        for (int slot = 0; slot < numbers.length; slot++) {
            if (outstanding[slot] && now - sentNanos[slot] > LIMIT.toNanos()) {
                free(slot);
                lost++;
                if (now - endNanos < 0) {
                    send(slot);
                }
            }
        }
    }

    private void free(int slot) {
        outstanding[slot] = false;
        count--;
    }
}
