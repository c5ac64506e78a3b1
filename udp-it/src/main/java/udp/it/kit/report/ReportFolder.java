package udp.it.kit.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;

/** A directory of results, written again after each test: whenever the program ends, the results so far are there. */
public final class ReportFolder {
    private final Path directory;

    /**
     * Creates the directory if it does not exist.
     *
     * @throws UsageException if it cannot be written to
     */
    public ReportFolder(Path directory) {
        try {
            this.directory = Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UsageException("--report: '" + directory + "' cannot be made: " + Printable.failure(e));
        }
        if (!Files.isWritable(directory)) {
            throw new UsageException("--report: '" + directory + "' is not writable");
        }
    }

    /** Writes the three files. */
    public void write(RuleResults results) {
        try {
            replace("results.json", Gradescope.json(results));
            replace("TEST-udp-it.xml", JunitXml.of(results));
            replace("index.html", HtmlPage.of(results));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new IOException("--report: '" + directory + "' cannot be written: " + Printable.failure(e), e));
        }
    }

    /** Replaces a file in one step, so that nobody reads half of it. */
    private void replace(String name, String content) throws IOException {
        Path written = Files.write(directory.resolve(name + ".part"), content.getBytes(UTF_8));
        Files.move(
                written, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
