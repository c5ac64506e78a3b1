package udp.internal.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.StringJoiner;
import udp.internal.text.Printable;

/**
 * A direction of a faulty network: datagrams enter, and some come out later. The link has neither a socket nor a clock.
 * Its caller moves the datagrams and tells the time: in nanoseconds, never backwards, and at least an hour before
 * {@link #FOREVER}. It is not thread-safe.
 *
 * @param <P> the type of what identifies a peer
 */
public final class FaultyLink<P> {
    /** A time that never comes. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** The fate of what is lost by chance or by a script. */
    public static final String LOST = "lost";

    /** The beginning of the fate of what is dropped for a reason, which follows. */
    public static final String DROPPED = "dropped: ";

    static final long MAX_BYTES = 32 << 20;

    private static final long MILLI = 1_000_000;
    private static final long HOLD_NANOS = Duration.ofMillis(50).toNanos();
    private static final int OVERHEAD = 128; // A datagram takes about this much of the heap besides its bytes.

    /**
     * A datagram in the link: what the faults left of its payload, the peer that it entered with, its number, and the
     * time at which it comes out. Of two datagrams with the same time, that with the lower order comes first.
     */
    public record DelayedDatagram<P>(byte[] bytes, P peer, int number, long due, long order) {}

    /**
     * What the link does with a datagram: its number, from 1 on; its fate in words, with commas between; and its first
     * copy, or null if it is lost.
     */
    public record Passage<P>(int number, String fate, DelayedDatagram<P> first) {}

    private final Route route;
    private final Random random; // The JDK promises the same numbers in all versions for this class alone.
    private final Queue<DelayedDatagram<P>> waiting =
            new PriorityQueue<>(Comparator.<DelayedDatagram<P>>comparingLong(DelayedDatagram::due)
                    .thenComparingLong(DelayedDatagram::order));
    private final Queue<DelayedDatagram<P>> held = new ArrayDeque<>();
    private long order;
    private long occupied;

    /** Makes an empty link, the only link of its direction. */
    public FaultyLink(LinkFaults faults, long seed) {
        this(new Route(faults), seed);
    }

    FaultyLink(Route route, long seed) {
        this.route = route;
        this.random = new Random(seed);
    }

    /**
     * Takes a datagram and its array over, and returns what becomes of it. The peer, its sender or its receiver, comes
     * out with it.
     */
    public Passage<P> enter(byte[] bytes, P peer, long now) {
        int number = route.nextNumber();
        Chances chances = route.chances(number);
        // Every datagram takes all eight draws, needed or not, so that the faults of the next do not depend on it.
        boolean lost = route.loses(chances, random.nextDouble());
        boolean duplicated = random.nextDouble() < chances.duplicate();
        boolean heldBack = random.nextDouble() < chances.reorder();
        boolean corrupted = random.nextDouble() < chances.corrupt();
        boolean truncated = random.nextDouble() < chances.truncate();
        double bit = random.nextDouble();
        double length = random.nextDouble();
        long delay = chances.delayNanos(random.nextDouble());
        String refusal = refusal(lost, now);
        if (refusal != null) {
            return new Passage<>(number, refusal, null);
        }
        long onLine = route.transmit(bytes.length, now);
        long late = onLine + (heldBack ? HOLD_NANOS : delay);
        byte[] left = truncated && bytes.length > 1 ? Arrays.copyOf(bytes, 1 + below(bytes.length - 1, length)) : bytes;
        if (corrupted && left.length > 0) { // The flipped bit is in the part that is left.
            int index = below(left.length * Byte.SIZE, bit);
            left[index / Byte.SIZE] ^= (byte) (1 << index % Byte.SIZE);
        }
        Queue<DelayedDatagram<P>> queue = heldBack ? held : waiting;
        DelayedDatagram<P> first = new DelayedDatagram<>(left, peer, number, now + late, order++);
        add(queue, first);
        if (duplicated) {
            add(queue, new DelayedDatagram<>(left, peer, number, first.due, order++));
        }
        if (!heldBack) {
            release(first.due);
        }
        boolean isAltered = corrupted && left.length > 0;
        return new Passage<>(number, fate(duplicated, heldBack, late, isAltered, left.length < bytes.length), first);
    }

    private static String fate(boolean duplicated, boolean heldBack, long late, boolean corrupted, boolean truncated) {
        StringJoiner fate = new StringJoiner(", ").setEmptyValue("delivered");
        if (duplicated) {
            fate.add("twice");
        }
        if (heldBack) {
            fate.add("overtaken");
        } else if (late >= MILLI) {
            fate.add("late " + Printable.duration(Duration.ofNanos(late)));
        }
        if (corrupted) {
            fate.add("corrupted");
        }
        if (truncated) {
            fate.add("truncated");
        }
        return fate.toString();
    }

    /** Takes the next datagram out and returns it, or null if none is due. */
    public DelayedDatagram<P> poll(long now) {
        while (!held.isEmpty() && held.peek().due <= now) {
            waiting.add(held.remove());
        }
        if (waiting.isEmpty() || waiting.peek().due > now) {
            return null;
        }
        DelayedDatagram<P> next = waiting.remove();
        occupied -= size(next);
        return next;
    }

    /**
     * Returns the time until the next datagram is due, or {@link #FOREVER} if the link is empty. It is more than 0 if
     * {@link #poll} has returned null for the same time.
     */
    public long nanosToNext(long now) {
        long next = Math.min(due(waiting), due(held));
        return next == FOREVER ? FOREVER : next - now;
    }

    /** Drops the other copies of a datagram. */
    void drop(DelayedDatagram<P> datagram) {
        waiting.removeIf(other -> {
            boolean copy = other.bytes == datagram.bytes;
            occupied -= copy ? size(other) : 0;
            return copy;
        });
    }

    /** Returns the fate of a datagram that does not come out, or null if it does. */
    private String refusal(boolean lost, long now) {
        if (lost) {
            return LOST;
        }
        if (route.isBlackhole(now)) {
            return DROPPED + "blackhole";
        }
        if (occupied >= MAX_BYTES) {
            return DROPPED + "32 MiB are waiting";
        }
        return route.isQueueFull(now) ? DROPPED + "queue full" : null;
    }

    private void add(Queue<DelayedDatagram<P>> queue, DelayedDatagram<P> datagram) {
        occupied += size(datagram);
        queue.add(datagram);
    }

    /** Lets the datagrams that are held back follow the datagram that overtakes them. */
    private void release(long due) {
        for (DelayedDatagram<P> late = held.poll(); late != null; late = held.poll()) {
            waiting.add(new DelayedDatagram<>(late.bytes, late.peer, late.number, Math.min(late.due, due), order++));
        }
    }

    private long due(Queue<DelayedDatagram<P>> queue) {
        return queue.isEmpty() ? FOREVER : queue.peek().due;
    }

    private static int below(int bound, double fraction) {
        return (int) (fraction * bound);
    }

    private static int size(DelayedDatagram<?> datagram) {
        return datagram.bytes.length + OVERHEAD;
    }
}
