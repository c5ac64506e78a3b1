package udp.internal.fault;

import java.util.Map;

/**
 * The faults of one direction.
 *
 * <ul>
 * <li>{@code chances}: what may happen to each datagram that the script does not name.
 * <li>{@code script}: what happens to datagrams by their numbers. The first datagram has the number 1.
 * </ul>
 */
public record LinkFaults(Chances chances, Map<Integer, Chances> script) {
    static final LinkFaults NONE = of(Chances.NONE);

    /** Returns random faults. */
    static LinkFaults of(Chances chances) {
        return new LinkFaults(chances, Map.of());
    }

    boolean isNone() {
        return chances.isNone() && script.isEmpty();
    }
}
