package udp.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.it.Jvm.jar;
import static udp.it.Jvm.java;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The benchmark as a process. */
@Timeout(60)
class BenchIT {
    private static List<String> bench(String time) {
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
                "1",
                "--time",
                time);
    }

    @Test
    void printsATable() throws Exception {
        Jvm.Result result = Jvm.run("", bench("10ms"));
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().endsWith("\n0 wrong replies\n"), result.out());
    }

    @Test
    void leavesNoServerBehindWhenItIsStopped() throws Exception {
        List<String> command = bench("1m");
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
