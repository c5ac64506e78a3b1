package udp.it.relay;

import java.util.Map;
import java.util.TreeMap;
import udp.internal.fault.Faults;
import udp.internal.fault.FaultyLink;
import udp.it.relay.Upstreams.Client;

/** A direction, to the server or to the clients, with counts of its datagrams. Each duplicate counts. One thread. */
final class Direction {
    final FaultyLink<Client> link;
    long received;
    long relayed;
    long lost; // by the faults
    private final Map<String, Long> dropped = new TreeMap<>(); // by the relay

    Direction(Faults faults, long seed) {
        link = new FaultyLink<>(faults, seed);
    }

    /** Counts a datagram that the relay does not pass on. */
    void drop(Object reason) {
        dropped.merge(reason.toString(), 1L, Long::sum);
    }

    /** Returns the counts, such as {@code received 3, relayed 1, lost 1, dropped 1 (source refused 1)}. */
    @Override
    public String toString() {
        return "received " + received + ", relayed " + relayed + ", lost " + lost + ", dropped " + counts(dropped);
    }

    /** Returns the sum of some counts, and each of them if there are any. */
    static String counts(Map<String, Long> counts) {
        long sum = counts.values().stream().mapToLong(Long::longValue).sum();
        return sum == 0
                ? "0"
                : sum + counts.toString().replace('=', ' ').replace("{", " (").replace('}', ')');
    }
}
