package udp.it.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;

/** Writes the results into a directory, again and again: whenever the program ends, what was known is there. */
final class Report {
    private final Path directory;

    /**
     * Makes the directory unless there is one.
     *
     * @throws UsageException if it cannot be written to
     */
    Report(Path directory) {
        try {
            this.directory = Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UsageException("--report: '" + directory + "' cannot be made: " + Printable.failure(e));
        }
        if (!Files.isWritable(directory)) {
            throw new UsageException("--report: '" + directory + "' is not writable");
        }
    }

    void write(Score score) {
        try {
            replace("results.json", Gradescope.json(score));
            replace("TEST-udp-it.xml", JunitXml.of(score));
            replace("index.html", HtmlPage.of(score));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In one step, so that nobody ever reads half a file. */
    private void replace(String name, String content) throws IOException {
        Path written = Files.write(directory.resolve(name + ".part"), content.getBytes(UTF_8));
        Files.move(
                written, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
