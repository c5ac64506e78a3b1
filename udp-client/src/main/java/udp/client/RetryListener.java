package udp.client;

import java.time.Duration;

/** Learns that a client sends a request again. */
@FunctionalInterface
interface RetryListener {
    /** Does nothing. */
    RetryListener NONE = (refused, number, wait) -> {};

    /**
     * Learns of a retry before it begins.
     *
     * @param refused whether every address has refused, rather than stayed silent
     * @param number which try it is, 2 for the first retry
     * @param wait how long that try is going to wait
     */
    void onRetry(boolean refused, int number, Duration wait);
}
