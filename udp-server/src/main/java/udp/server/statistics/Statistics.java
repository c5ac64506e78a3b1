package udp.server.statistics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of the datagrams so far. Each one received is replied to or dropped, except the one in progress.
 *
 * @param received the number of datagrams received
 * @param replied the number of replies sent
 * @param dropped the number of datagrams without a reply, by reason; a reason that did not occur is absent
 */
public record Statistics(long received, long replied, Map<DropReason, Long> dropped) {
    /** Copies the map. */
    public Statistics {
        Map<DropReason, Long> copy = new EnumMap<>(DropReason.class);
        copy.putAll(dropped);
        dropped = Collections.unmodifiableMap(copy);
    }

    /**
     * Adds the counts of another part of the server.
     *
     * @param other the counts to add
     * @return the sums
     */
    public Statistics plus(Statistics other) {
        Map<DropReason, Long> sum = new EnumMap<>(DropReason.class);
        sum.putAll(dropped);
        other.dropped.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return new Statistics(received + other.received, replied + other.replied, sum);
    }

    /** Returns one line, such as {@code received 3, replied 2, dropped 1 (processor failed 1)}. */
    @Override
    public String toString() {
        long sum = dropped.values().stream().mapToLong(Long::longValue).sum();
        String reasons = dropped.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
        return "received " + received + ", replied " + replied + ", dropped " + sum + (sum == 0 ? "" : reasons);
    }
}
