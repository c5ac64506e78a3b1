package udp.internal.fault;

import java.util.Map;

/**
 * The faults of one direction.
 *
 * <ul>
 * <li>{@code chances}: what may happen to each datagram that the script does not name.
 * <li>{@code script}: what happens to datagrams by their numbers. The first datagram has the number 1.
 * <li>{@code maxBurst}: how many datagrams in a row may be lost by chance.
 * <li>{@code blackhole}: the time in which every datagram that enters is dropped.
 * <li>{@code bandwidth}: the line. A datagram that finds its queue full is dropped. A second copy takes no time on it.
 * </ul>
 */
public record LinkFaults(
        Chances chances, Map<Integer, Chances> script, int maxBurst, TimeSpan blackhole, Bandwidth bandwidth) {
    static final LinkFaults NONE = of(Chances.NONE, Map.of());

    /** Returns faults of single datagrams, without a limit to bursts, on a line that takes everything at any time. */
    public static LinkFaults of(Chances chances, Map<Integer, Chances> script) {
        return new LinkFaults(chances, script, Integer.MAX_VALUE, TimeSpan.NONE, Bandwidth.UNLIMITED);
    }

    boolean isNone() {
        return chances.isNone()
                && script.isEmpty()
                && blackhole.to().isZero()
                && bandwidth.bitsPerSecond() == Bandwidth.UNLIMITED.bitsPerSecond();
    }
}
