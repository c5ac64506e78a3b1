package udp.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;
import udp.it.bench.BenchOptions.Scenario;
import udp.it.bench.BenchResults.Summary;
import udp.it.csv.Csv;

/** The folder of a report: a page for people, and every measurement as comma-separated values (RFC 4180). */
final class BenchReport {
    private static final List<String> CSV_HEAD = List.of(
            "client",
            "server",
            "size",
            "window",
            "clients",
            "rate",
            "round",
            "exchanges",
            "lost",
            "unsent",
            "stray",
            "wrong",
            "seconds",
            "server_cpu_us_per_exchange",
            "client_cpu_us_per_exchange",
            "allocated_bytes_per_exchange",
            "server_resident_mib",
            "p50_us",
            "p90_us",
            "p99_us",
            "p99.9_us",
            "max_us");

    private final Path folder;

    private BenchReport(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder if it is missing; throws a {@link UsageException} if the report cannot be written there. */
    static BenchReport in(Path folder) {
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw new UsageException("--report: '" + folder + "' is not writable");
            }
        } catch (IOException e) {
            throw new UsageException("--report: '" + folder + "' cannot be made: " + Printable.failure(e));
        }
        return new BenchReport(folder);
    }

    void write(BenchOptions options, Machine machine, BenchResults results) throws IOException {
        Files.writeString(folder.resolve("measurements.csv"), csv(results));
        Files.writeString(folder.resolve("report.html"), ReportPage.of(options, machine, results));
    }

    private static String csv(BenchResults results) {
        StringBuilder text = new StringBuilder();
        append(text, CSV_HEAD.stream());
        for (Summary summary : results.all()) {
            int round = 0;
            for (Measurement measurement : summary.rounds()) {
                append(text, row(summary, ++round, measurement));
            }
        }
        return text.toString();
    }

    private static Stream<String> row(Summary summary, int round, Measurement measurement) {
        Scenario scenario = summary.scenario();
        Stream<Object> whole = Stream.of(
                summary.pair().client(),
                summary.pair().server(),
                scenario.size(),
                scenario.window(),
                scenario.clients(),
                scenario.rate(),
                round,
                measurement.exchanges(),
                measurement.lost(),
                measurement.unsent(),
                measurement.stray(),
                measurement.wrong());
        DoubleStream times = DoubleStream.concat(
                DoubleStream.of(
                        measurement.nanos() / 1e9,
                        measurement.serverCpuMicros(),
                        measurement.clientCpuMicros(),
                        measurement.allocatedPerExchange(),
                        measurement.residentMebibytes()),
                DoubleStream.of(Measurement.PERCENTILES)
                        .map(percentile -> Measurement.percentileMicros(measurement.latencies(), percentile)));
        return Stream.concat(
                whole.map(String::valueOf),
                times.mapToObj(value -> Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value)));
    }

    private static void append(StringBuilder text, Stream<String> cells) {
        text.append(cells.map(Csv::cell).collect(Collectors.joining(","))).append("\r\n");
    }
}
