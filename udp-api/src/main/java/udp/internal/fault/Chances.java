package udp.internal.fault;

import java.time.Duration;

/**
 * What may happen to a datagram.
 *
 * <ul>
 * <li>{@code loss}: the probability that it disappears. All probabilities are from 0 to 1.
 * <li>{@code duplicate}: the probability that it arrives twice. The second copy follows the first directly and has the
 *     same faults.
 * <li>{@code reorder}: the probability that it is held back until a later datagram overtakes it, but no longer than 50
 *     ms. This replaces its delay. With 1, every datagram is held back, so that none overtakes.
 * <li>{@code corrupt}: the probability that a bit of it is flipped. An empty datagram has no bit to flip.
 * <li>{@code truncate}: the probability that its end is lost. At least one byte is left, because a connected transport
 *     cannot send an empty datagram. So a datagram of one byte stays whole.
 * <li>{@code minDelay}, {@code maxDelay}: the range of its delay, up to an hour. All delays in the range are equally
 *     likely. A datagram that arrives is delayed from the moment at which receive finds it.
 * </ul>
 */
public record Chances(
        double loss,
        double duplicate,
        double reorder,
        double corrupt,
        double truncate,
        Duration minDelay,
        Duration maxDelay) {
    private static final Duration MAX_DELAY = Duration.ofHours(1); // It stands before NONE, whose check needs it.

    /** A datagram arrives once, whole and without delay. */
    public static final Chances NONE = new Chances(0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO);

    /** Checks the values, and refuses them with an {@link IllegalArgumentException}. */
    public Chances {
        requireProbability("loss", loss);
        requireProbability("duplicate", duplicate);
        requireProbability("reorder", reorder);
        requireProbability("corrupt", corrupt);
        requireProbability("truncate", truncate);
        if (minDelay.isNegative() || minDelay.compareTo(maxDelay) > 0 || maxDelay.compareTo(MAX_DELAY) > 0) {
            throw new IllegalArgumentException(
                    "delay from " + minDelay + " to " + maxDelay + " is not a range between nothing and an hour");
        }
    }

    boolean isNone() { // Not equals: for a record, the JVM takes 10 ms to make it.
        return loss == 0 && duplicate == 0 && reorder == 0 && corrupt == 0 && truncate == 0 && maxDelay.isZero();
    }

    /** Returns the delay that is so far into the range. */
    long delayNanos(double fraction) {
        long min = minDelay.toNanos();
        return min + (long) (fraction * (maxDelay.toNanos() - min));
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) { // The negation catches NaN too.
            throw new IllegalArgumentException(name + " " + value + " is not a probability (0 to 1)");
        }
    }
}
