package udp.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;

/** The files of a report. */
final class Report {
    private final Path folder;

    private Report(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder unless there is one.
     *
     * @throws UsageException if it cannot be written to
     */
    static Report in(Path folder) {
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw new UsageException("--report: '" + folder + "' is not writable");
            }
        } catch (IOException e) {
            throw new UsageException("--report: '" + folder + "' cannot be made: " + Printable.failure(e));
        }
        return new Report(folder);
    }

    void write(BenchConfig config, Machine machine, Results results) throws IOException {
        Files.writeString(folder.resolve("measurements.csv"), Csv.of(results));
        Files.writeString(folder.resolve("report.html"), HtmlReport.of(config, machine, results));
    }
}
