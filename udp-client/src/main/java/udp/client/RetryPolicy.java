package udp.client;

import java.time.Duration;
import java.util.Objects;

/**
 * How often a request is sent and how long each time is waited for the reply: twice as long as the time before, so that
 * a network that is overloaded is not loaded more (RFC 8085, section 3.1.1).
 *
 * @param timeout the wait after the first send; more than 0, at most an hour
 * @param tries the number of sends, 1 to 20
 */
public record RetryPolicy(Duration timeout, int tries) {
    /** One second, then two, then four. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(Duration.ofSeconds(1), 3);

    public static final int MOST_TRIES =
            20; // with an hour for the first wait, the last one in nanoseconds is still a long

    /**
     * Checks the ranges.
     *
     * @param timeout the wait after the first send
     * @param tries the number of sends
     * @throws IllegalArgumentException if one is out of range
     */
    public RetryPolicy {
        Objects.requireNonNull(timeout);
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("timeout " + timeout);
        }
        if (tries < 1 || tries > MOST_TRIES) {
            throw new IllegalArgumentException("tries " + tries);
        }
    }

    /**
     * The wait after a send.
     *
     * @param number 1 for the first send
     * @return how long to wait for the reply
     */
    public Duration waitAfter(int number) {
        return timeout.multipliedBy(1L << (number - 1));
    }
}
