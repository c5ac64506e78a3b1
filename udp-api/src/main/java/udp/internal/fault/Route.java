package udp.internal.fault;

import java.util.ArrayDeque;
import java.util.Queue;

/** What the links of one direction have in common: each socket of a program has its own link. Thread-safe. */
final class Route {
    private final LinkFaults faults;
    private int number;
    private int lossesInRow;
    private long lineFree; // when all that the line has taken has left it
    private final Queue<Long> turns = new ArrayDeque<>(); // when each waiting datagram comes on the line

    Route(LinkFaults faults) {
        this.faults = faults;
    }

    /** Returns the number of the next datagram. The first is 1. */
    synchronized int nextNumber() {
        return ++number;
    }

    Chances chances(int number) {
        return faults.script().getOrDefault(number, faults.chances());
    }

    /** Returns whether a datagram is lost by chance or by the script. */
    synchronized boolean loses(Chances chances, double draw) {
        boolean lost = draw < chances.loss() && lossesInRow < faults.maxBurst();
        lossesInRow = lost ? lossesInRow + 1 : 0;
        return lost;
    }

    boolean isBlackhole(long now) {
        return faults.blackhole().covers(now);
    }

    /** Returns whether a datagram must wait for the line, but the queue has no room. */
    synchronized boolean isQueueFull(long now) {
        while (!turns.isEmpty() && turns.peek() <= now) {
            turns.remove();
        }
        return lineFree > now && turns.size() >= faults.bandwidth().queue();
    }

    /** Takes a datagram, and returns the time until it has left the line. */
    synchronized long transmit(int payload, long now) {
        long nanos = faults.bandwidth().nanos(payload);
        if (nanos == 0) {
            return 0; // An unlimited line has no queue, however far the times of several threads are apart.
        }
        if (lineFree > now) {
            turns.add(lineFree);
        }
        lineFree = Math.max(lineFree, now) + nanos;
        return lineFree - now;
    }
}
