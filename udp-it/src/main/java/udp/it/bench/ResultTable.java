package udp.it.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import udp.it.bench.BenchOptions.Scenario;
import udp.it.bench.BenchResults.Spread;
import udp.it.bench.BenchResults.Summary;

/** The table of the results: as text, and its cells for the page. */
final class ResultTable {
    static final List<String> HEADS = List.of(
            "client", "server", "per s", "±", "CPU", "±", "client", "p50", "p90", "p99", "p99.9", "max", "lost",
            "alloc", "MiB");

    static final String LEGEND = """
            per s   exchanges per second
            CPU     CPU time of the server's process per exchange
            client  CPU time of the clients' threads per exchange, the load generator's included; at a rate, its waits too
            p50...  percentiles of the latency, from before the send, or at a rate from when it was due, to after the
                    receive; of all rounds together
            lost    requests without a reply within TIME_LIMIT ms; after these, fewer than asked for are outstanding.
                    At a rate, also those that the client had no time to send
            alloc   bytes that the server allocated per datagram; - if that is not known
            MiB     resident memory of the server's process; - if that is not known
            ±       half of the range over the rounds, beside their median; - if there was only one round
            """.replace("TIME_LIMIT", String.valueOf(Window.TIME_LIMIT.toMillis()));

    private static final int TEXT_COLUMNS = 2; // the other columns are figures

    private final StringBuilder text = new StringBuilder();
    private final int[] widths = new int[HEADS.size()];

    private ResultTable() {}

    /** Returns the table as text, with the machine above and the verdict below. */
    static String of(BenchOptions options, Machine machine, BenchResults results) {
        ResultTable table = new ResultTable();
        table.append(options, machine, results);
        return table.text.toString();
    }

    /** Returns the cells of a row; times are in microseconds. */
    static List<String> cells(Summary summary) {
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
        cells.add(percent(summary.missedPart()));
        cells.add(whole(summary.spread(Measurement::allocatedPerExchange).median()));
        cells.add(whole(summary.spread(Measurement::residentMebibytes).median()));
        return cells;
    }

    private void append(BenchOptions options, Machine machine, BenchResults results) {
        Stream.concat(Stream.of(HEADS), results.all().stream().map(ResultTable::cells))
                .forEach(this::widen);
        machine.lines().forEach(this::line);
        line(options.measured() + "; times in microseconds");
        line("");
        text.append(LEGEND);
        for (Scenario scenario : results.scenarios()) {
            line("");
            line(scenario.toString());
            row(HEADS);
            results.of(scenario).forEach(summary -> row(cells(summary)));
        }
        line("");
        new Verdict(results).lines().forEach(this::line);
        results.failures().forEach(this::line);
        line(String.format(Locale.ROOT, "%,d wrong replies", results.wrong()));
    }

    private void widen(List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
    }

    private void row(List<String> cells) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            row.append(i == 0 ? "" : "  ").append(i < TEXT_COLUMNS ? cells.get(i) + padding : padding + cells.get(i));
        }
        line(row.toString());
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Returns no range for a single round, because ±0% would look like the best result. */
    private static String range(Summary summary, Spread spread) {
        return summary.rounds().size() < 2 ? "-" : spread.plusMinus();
    }

    private static String whole(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,.0f", value);
    }

    /** Returns three digits, or all digits before the point. */
    static String micros(double value) {
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
