package udp.it.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a table says of a pair in a scenario, as text; times in microseconds. */
final class Columns {
    static final List<String> HEADS = List.of(
            "client", "server", "per s", "±", "CPU", "±", "client", "p50", "p90", "p99", "p99.9", "max", "lost",
            "alloc");

    static final String LEGEND = """
            per s   exchanges per second
            CPU     CPU time of the server's process per exchange
            client  CPU time of the clients' threads per exchange, with the load generator's own
            p50...  percentiles of the latency, from before the send to behind the receive; of all rounds together
            lost    requests without a reply within %d ms; after them fewer are outstanding than asked for
            alloc   bytes that the server allocated per datagram; - where it cannot be asked
            ±       half of the range over the rounds, beside their median; - if there was one
            """.formatted(Window.LIMIT.toMillis());

    private Columns() {}

    static List<String> of(Summary summary) {
        Spread rate = summary.spread(Measurement::perSecond);
        Spread cpu = summary.spread(Measurement::serverCpuMicros);
        List<String> cells = new ArrayList<>(List.of(
                summary.pair().client(),
                summary.pair().server(),
                whole(rate.median()),
                range(summary, rate),
                micros(cpu.median()),
                range(summary, cpu),
                micros(summary.spread(Measurement::clientCpuMicros).median())));
        for (double percentile : Measurement.PERCENTILES) {
            cells.add(micros(Measurement.percentileMicros(summary.latencies(), percentile)));
        }
        cells.add(percent(summary.lostPart()));
        cells.add(whole(summary.spread(Measurement::allocatedPerExchange).median()));
        return cells;
    }

    /** Of one round there is none, and ±0% would look like the best. */
    private static String range(Summary summary, Spread spread) {
        return summary.rounds().size() < 2 ? "-" : spread.plusMinus();
    }

    static String whole(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,.0f", value);
    }

    /** Three digits, or all those before the point. */
    private static String micros(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%,.0f", value);
    }

    private static String percent(double part) {
        if (Double.isNaN(part)) {
            return "-";
        }
        return part == 0 ? "0" : part < 0.0001 ? "<0.01%" : String.format(Locale.ROOT, "%.2f%%", part * 100);
    }
}
