package udp.it.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import udp.it.bench.BenchOptions.Scenario;
import udp.it.bench.BenchResults.Pair;
import udp.it.bench.BenchResults.Summary;

/** The highest rate of requests that a server keeps up with. */
final class Knee {
    static final String EXPLANATION =
            "Below the knee the server has time to spare: a request rarely finds another before"
                    + " it, and its latency is that of a single exchange. Near the knee requests begin to wait for each other, which the"
                    + " high percentiles show first. Beyond it more requests come than the server can serve: the receive buffer is"
                    + " full, so that each request waits for all others in it, and the kernel drops the rest. If the client is what"
                    + " has no time left, the latency grows too, because it counts from when a request was due.";

    /** A server keeps up with a rate if it leaves fewer requests than this part without a reply. */
    private static final double MAX_MISSED = 0.01;

    private Knee() {}

    /** Returns whether a server, or its client, does not keep up with the rate of a measurement. */
    static boolean isBeyond(Measurement measurement) {
        return measurement.missedPart() > MAX_MISSED;
    }

    /** Returns a sentence for each pair and each kind of load. */
    static List<String> lines(BenchResults results) {
        List<String> lines = new ArrayList<>();
        for (String load : results.loads()) {
            for (Pair pair : results.pairs()) {
                List<Summary> summaries = results.of(load, pair).stream()
                        .filter(summary -> !summary.rounds().isEmpty())
                        .toList();
                if (!summaries.isEmpty()) {
                    lines.add(pair + ", " + load + ": " + sentence(summaries));
                }
            }
        }
        return lines;
    }

    private static String sentence(List<Summary> byRate) {
        Summary below = null;
        Summary beyond = null;
        for (Summary summary : byRate) {
            if (summary.spread(Measurement::missedPart).median() <= MAX_MISSED) {
                below = summary;
                beyond = null;
            } else if (beyond == null) {
                beyond = summary;
            }
        }
        return (below == null
                        ? "does not keep up"
                        : "keeps up with " + rate(below.scenario()) + ", p50 " + micros(below, 50) + ", p99 "
                                + micros(below, 99) + ", p99.9 " + micros(below, 99.9) + " µs")
                + (beyond == null ? "" : "; " + missed(beyond));
    }

    private static String missed(Summary summary) {
        long lost = summary.sum(Measurement::lost);
        long unsent = summary.sum(Measurement::unsent);
        return String.format(
                Locale.ROOT,
                "of %s, %.1f%% have no reply%s",
                rate(summary.scenario()),
                summary.spread(Measurement::missedPart).median() * 100,
                unsent > lost ? ", most of them because the client had no time to send them" : "");
    }

    private static String rate(Scenario scenario) {
        return String.format(Locale.ROOT, "%,d per second", scenario.rate());
    }

    private static String micros(Summary summary, double percentile) {
        return ResultTable.micros(Measurement.percentileMicros(summary.latencies(), percentile));
    }
}
