package udp.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the READMEs to what they say of the code that a reader opens to follow one request. */
class ReadingOrderTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| \\[`\\w+`]\\(([^)]+)\\) \\|.*\\| ([0-9]+) \\|$", Pattern.MULTILINE);

    @ParameterizedTest
    @CsvSource({"udp-server, 6, 750", "udp-client, 5, 600"})
    void aRequestIsFollowedInFewLines(String module, int files, int limit) throws IOException {
        Path folder = Path.of("..", module);
        List<MatchResult> rows = ROW.matcher(Files.readString(folder.resolve("README.md")))
                .results()
                .toList();
        assertEquals(files, rows.size(), "rows of the reading order in the README of " + module);
        int sum = 0;
        for (MatchResult row : rows) {
            int lines = Files.readAllLines(folder.resolve(row.group(1))).size();
            int stated = Integer.parseInt(row.group(2));
            assertTrue(Math.abs(lines - stated) < 10, row.group(1) + " has " + lines + " lines, not " + stated);
            sum += lines;
        }
        assertTrue(sum <= limit, module + " takes " + sum + " lines, which are more than " + limit);
    }
}
