package udp.it.kit.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;

/** A directory of results. The results of an earlier check are removed first, so that nobody takes them for new. */
public final class ReportFolder {
    private static final String GRADESCOPE = "results.json";
    private static final String JUNIT = "TEST-udp-it.xml";
    private static final String PAGE = "index.html";

    private final Path directory;

    /**
     * Creates the directory if it does not exist, and removes old results.
     *
     * @throws UsageException if it cannot be written to
     */
    public ReportFolder(Path directory) {
        try {
            this.directory = Files.createDirectories(directory);
            for (String old : List.of(GRADESCOPE, JUNIT, PAGE)) {
                Files.deleteIfExists(directory.resolve(old));
            }
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
            replace(directory, GRADESCOPE, Gradescope.json(results));
            replace(directory, JUNIT, JunitXml.of(results));
            replace(directory, PAGE, HtmlPage.of(results));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new IOException("--report: '" + directory + "' cannot be written: " + Printable.failure(e), e));
        }
    }

    /** Replaces a file in one step, so that nobody reads half of it. */
    public static void replace(Path directory, String name, String content) throws IOException {
        Path written = Files.write(directory.resolve(name + ".part"), content.getBytes(UTF_8));
        Files.move(
                written, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
