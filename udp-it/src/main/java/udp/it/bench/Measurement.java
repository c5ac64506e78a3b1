package udp.it.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A run of a pair in a scenario.
 *
 * @param exchanges requests with a right reply
 * @param lost requests without a reply within {@link Window#TIME_LIMIT}
 * @param unsent requests that were due by the schedule of a rate, but that the clients had no time to send
 * @param stray replies that came after that time, or twice
 * @param wrong replies that are not the request in upper case
 * @param nanos from the first request to the last reply
 * @param serverCpuNanos CPU time of the server's process
 * @param clientCpuNanos CPU time of the clients' threads
 * @param allocatedBytes what the server's threads have allocated, or -1 if that is not known
 * @param residentBytes what the server's process holds in memory afterwards, or -1 if that is not known
 * @param latencies from just before a request is sent, or at a rate from when it is due, to when its reply has been
 *     received, in nanoseconds
 */
record Measurement(
        long exchanges,
        long lost,
        long unsent,
        long stray,
        long wrong,
        long nanos,
        long serverCpuNanos,
        long clientCpuNanos,
        long allocatedBytes,
        long residentBytes,
        Histogram latencies) {
    static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    /** Returns an empty histogram from 100 ns to 10 s, with an error of at most a thousandth. */
    static Histogram histogram() {
        return new Histogram(100, TimeUnit.SECONDS.toNanos(10), 3);
    }

    /** Returns a percentile in microseconds; NaN if there was no exchange. */
    static double percentileMicros(Histogram latencies, double percentile) {
        return latencies.getTotalCount() == 0 ? Double.NaN : latencies.getValueAtPercentile(percentile) / 1e3;
    }

    double perSecond() {
        return exchanges * 1e9 / Math.max(nanos, 1);
    }

    /** Returns the part of the requests that had no reply in time; NaN if there was no request. */
    double missedPart() {
        return (lost + unsent) / (double) (lost + unsent + exchanges + wrong);
    }

    /** Returns the memory of the server's process in MiB; NaN if that is not known. */
    double residentMebibytes() {
        return residentBytes < 0 ? Double.NaN : residentBytes / (double) (1 << 20);
    }

    double serverCpuMicros() {
        return perExchange(serverCpuNanos) / 1e3;
    }

    double clientCpuMicros() {
        return perExchange(clientCpuNanos) / 1e3;
    }

    /** Returns the bytes for each exchange; NaN if they are not known, or if there was no exchange. */
    double allocatedPerExchange() {
        return allocatedBytes < 0 ? Double.NaN : perExchange(allocatedBytes);
    }

    /** Returns the part of each exchange; NaN if there was none, because the sum is then for something else. */
    private double perExchange(long sum) {
        return exchanges == 0 ? Double.NaN : sum / (double) exchanges;
    }
}
