package udp.client;

import java.time.Duration;
import java.util.Objects;

/**
 * The number of tries, and the wait after each: twice as long as the wait before, so that an overloaded network is not loaded
 * more (RFC 8085, section 3.1.1). A wait is counted from its send.
 *
 * @param timeout the wait after the first send; more than 0, at most an hour
 * @param tries the number of sends, 1 to 20
 */
public record RetryPolicy(Duration timeout, int tries) {
    /** The policy of one, two and four seconds. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(Duration.ofSeconds(1), 3);

    static final int MAX_TRIES = 20; // After an hour as the first wait, the last wait in nanoseconds still fits a long.

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public RetryPolicy {
        Objects.requireNonNull(timeout);
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("timeout " + timeout);
        }
        if (tries < 1 || tries > MAX_TRIES) {
            throw new IllegalArgumentException("tries " + tries);
        }
    }

    /** Returns the sum of all waits. */
    Duration total() {
        return timeout.multipliedBy((1L << tries) - 1);
    }

    /**
     * Returns the wait after a send.
     *
     * @param number 1 for the first send
     * @return how long to wait for the reply
     */
    public Duration waitAfter(int number) {
        return timeout.multipliedBy(1L << (number - 1));
    }
}
