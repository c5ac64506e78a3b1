package udp.server.monitor;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of the datagrams so far: each one received is answered or dropped, but for the one in progress.
 *
 * @param received the number of datagrams received
 * @param answered the number of answers sent
 * @param dropped the number of datagrams without an answer, by reason; a reason that did not occur is absent
 */
public record Statistics(long received, long answered, Map<DropReason, Long> dropped) {
    /**
     * Copies the map.
     *
     * @param received the number of datagrams received
     * @param answered the number of answers sent
     * @param dropped the number of datagrams without an answer, by reason
     */
    public Statistics {
        Map<DropReason, Long> copy = new EnumMap<>(DropReason.class);
        copy.putAll(dropped);
        dropped = Collections.unmodifiableMap(copy);
    }

    public Statistics plus(Statistics other) {
        Map<DropReason, Long> sum = new EnumMap<>(DropReason.class);
        sum.putAll(dropped);
        other.dropped.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return new Statistics(received + other.received, answered + other.answered, sum);
    }

    /** One line, such as {@code received 3, answered 2, dropped 1 (processor failed 1)}. */
    @Override
    public String toString() {
        long sum = dropped.values().stream().mapToLong(Long::longValue).sum();
        String reasons = dropped.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
        return "received " + received + ", answered " + answered + ", dropped " + sum + (sum == 0 ? "" : reasons);
    }
}
