package udp.client;

import java.util.BitSet;

/**
 * The local ports of the latest exchanges. A reply that comes late finds its port closed, unless the system has given
 * that port to another exchange, which would then take the reply for its own.
 */
final class PortHistory {
    private static final int REMEMBERED = 4096; // of the 28,232 that Linux chooses from by default

    private final int[] latest = new int[REMEMBERED];
    private final BitSet remembered = new BitSet();
    private int oldest;

    boolean contains(int port) {
        return remembered.get(port);
    }

    void add(int port) {
        if (remembered.get(port)) {
            return;
        }
        remembered.clear(latest[oldest]);
        latest[oldest] = port;
        remembered.set(port);
        oldest = (oldest + 1) % REMEMBERED;
    }
}
