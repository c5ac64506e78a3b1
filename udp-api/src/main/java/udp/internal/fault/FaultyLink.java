package udp.internal.fault;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/**
 * One direction of a faulty network: datagrams enter, and some come out, sooner or later. It sends and receives nothing
 * itself and has no clock: whoever moves the datagrams says what time it is, in nanoseconds that never go back, from any
 * beginning that leaves an hour before {@link #FOREVER}. One thread at a time.
 */
public final class FaultyLink {
    /** A time that never comes. */
    public static final long FOREVER = Long.MAX_VALUE;

    static final long ROOM = 32 << 20;

    private static final long HOLD_NANOS = Duration.ofMillis(50).toNanos();
    private static final int OVERHEAD = 128; // about what a datagram takes on the heap besides its bytes

    /**
     * On its way.
     *
     * @param bytes what is left of its payload
     * @param peer what it entered with
     * @param due the time from which on it may come out
     * @param order of those that are due at the same time, the one with the lower order comes first
     */
    public record Datagram(byte[] bytes, InetSocketAddress peer, long due, long order) {}

    private final Faults faults;
    private final Random random; // not SplittableRandom: only Random's numbers are promised to stay the same
    private final Queue<Datagram> waiting = new PriorityQueue<>(
            Comparator.<Datagram>comparingLong(Datagram::due).thenComparingLong(Datagram::order));
    private final Queue<Datagram> held = new ArrayDeque<>();
    private long order;
    private long occupied;

    /**
     * A direction in which nothing has entered yet.
     *
     * @param faults what happens to datagrams
     * @param seed where the draws begin, instead of at the seed of the faults: two directions need two
     */
    public FaultyLink(Faults faults, long seed) {
        this.faults = faults;
        this.random = new Random(seed);
    }

    /**
     * Takes a datagram over.
     *
     * @param bytes its payload, which belongs to the link from now on
     * @param peer its sender or its receiver, to be had back when it comes out
     * @param now the time
     * @return the first of it that will come out, or null if none will
     */
    public Datagram enter(byte[] bytes, InetSocketAddress peer, long now) {
        // all eight draws for every datagram, needed or not: that is what keeps its fate apart from all others'
        boolean lost = random.nextDouble() < faults.loss();
        boolean duplicated = random.nextDouble() < faults.duplicate();
        boolean heldBack = random.nextDouble() < faults.reorder();
        boolean corrupted = random.nextDouble() < faults.corrupt();
        boolean truncated = random.nextDouble() < faults.truncate();
        double bit = random.nextDouble();
        double length = random.nextDouble();
        long delay = delay(random.nextDouble());
        if (lost || occupied >= ROOM) {
            return null;
        }
        byte[] left = truncated && bytes.length > 1 ? Arrays.copyOf(bytes, 1 + below(bytes.length - 1, length)) : bytes;
        if (corrupted && left.length > 0) { // what is cut off must not take the flipped bit with it
            int index = below(left.length * Byte.SIZE, bit);
            left[index / Byte.SIZE] ^= (byte) (1 << index % Byte.SIZE);
        }
        Queue<Datagram> queue = heldBack ? held : waiting;
        Datagram first = new Datagram(left, peer, now + (heldBack ? HOLD_NANOS : delay), order++);
        add(queue, first);
        if (duplicated) {
            add(queue, new Datagram(left, peer, first.due, order++));
        }
        if (!heldBack) {
            release(first.due);
        }
        return first;
    }

    /**
     * Takes the next datagram out.
     *
     * @param now the time
     * @return the datagram, or null if none is due
     */
    public Datagram poll(long now) {
        while (!held.isEmpty() && held.peek().due <= now) {
            waiting.add(held.remove());
        }
        if (waiting.isEmpty() || waiting.peek().due > now) {
            return null;
        }
        Datagram next = waiting.remove();
        occupied -= size(next);
        return next;
    }

    /**
     * How long it takes until the next datagram is due.
     *
     * @param now the time
     * @return nanoseconds, more than 0 once {@link #poll} has returned null for the same time; {@link #FOREVER} if none
     *     is on its way
     */
    public long nanosToNext(long now) {
        long next = Math.min(due(waiting), due(held));
        return next == FOREVER ? FOREVER : next - now;
    }

    /** Drops the copies of a datagram. */
    void drop(Datagram datagram) {
        waiting.removeIf(other -> {
            boolean copy = other.bytes == datagram.bytes;
            occupied -= copy ? size(other) : 0;
            return copy;
        });
    }

    private void add(Queue<Datagram> queue, Datagram datagram) {
        occupied += size(datagram);
        queue.add(datagram);
    }

    /** What is held back follows the datagram that overtakes it. */
    private void release(long due) {
        for (Datagram late = held.poll(); late != null; late = held.poll()) {
            waiting.add(new Datagram(late.bytes, late.peer, Math.min(late.due, due), order++));
        }
    }

    private long delay(double fraction) {
        long least = faults.leastDelay().toNanos();
        return least + (long) (fraction * (faults.mostDelay().toNanos() - least));
    }

    private static long due(Queue<Datagram> queue) {
        return queue.isEmpty() ? FOREVER : queue.peek().due;
    }

    private static int below(int bound, double fraction) {
        return (int) (fraction * bound);
    }

    private static int size(Datagram datagram) {
        return datagram.bytes.length + OVERHEAD;
    }
}
