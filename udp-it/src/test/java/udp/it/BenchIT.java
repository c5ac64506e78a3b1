package udp.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.it.Jvm.jar;
import static udp.it.Jvm.java;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark as a process. */
@Timeout(60)
class BenchIT {
    private static List<String> bench(String time, String rounds) {
        return java(
                "-jar",
                jar("it"),
                "bench",
                "--sizes",
                "32",
                "--windows",
                "1",
                "--clients",
                "1",
                "--rounds",
                rounds,
                "--time",
                time);
    }

    @Test
    void printsATable() throws Exception {
        Jvm.Result result = Jvm.run("", bench("10ms", "1"));
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().endsWith("\n0 wrong replies\n"), result.out());
    }

    @Test
    void keepsWhatWasMeasuredWhenItIsStopped(@TempDir Path folder) throws Exception {
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 2>\"$0\"", err.toString()));
        command.addAll(bench("20ms", "1000"));
        command.addAll(List.of("--report", folder.toString()));
        try (Jvm bench = Jvm.start(command, Map.of())) {
            while (!Files.exists(err) || !Files.readString(err).contains("round 2 of 1000")) {
                assertTrue(!bench.process.waitFor(20, TimeUnit.MILLISECONDS), "still measuring");
            }
            Jvm.Result result = bench.terminate();
            assertEquals(128 + 15, result.status());
            assertTrue(result.out().contains("\nstopped before the last measurement\n"), result.out());
            assertTrue(result.out().endsWith("\n0 wrong replies\n"), result.out());
        }
        assertEquals("udp-it bench: stopped before the last measurement", lastLine(err));
        assertTrue(Files.readAllLines(folder.resolve("measurements.csv")).size() > 4);
        assertTrue(Files.readString(folder.resolve("report.html")).endsWith("</html>\n"));
    }

    private static String lastLine(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.get(lines.size() - 1);
    }

    @Test
    void leavesNoServerBehindWhenItIsStopped() throws Exception {
        List<String> command = bench("1m", "1");
        command.addAll(List.of("--server", "other='" + java().get(0) + "' -jar '" + jar("server") + "' --port {port}"));
        try (Jvm bench = Jvm.start(command, Map.of())) {
            while (bench.process.descendants().count() < 3) { // the third is starting
                assertTrue(!bench.process.waitFor(20, TimeUnit.MILLISECONDS), "still measuring");
            }
            List<ProcessHandle> servers = bench.process.descendants().toList();
            assertEquals(128 + 15, bench.terminate().status());
            for (ProcessHandle server : servers) {
                server.onExit().get(10, TimeUnit.SECONDS);
            }
        }
    }
}
