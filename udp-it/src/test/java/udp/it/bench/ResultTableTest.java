package udp.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import udp.it.bench.BenchOptions.Scenario;
import udp.it.bench.BenchResults.Pair;
import udp.it.bench.BenchResults.Summary;

class ResultTableTest {
    @Test
    void aServerThatNeverRepliedHasNoLatency() {
        Summary summary = new Summary(new Pair("channel", "mute"), new Scenario(32, 1, 1));
        summary.add(new Measurement(0, 3, 0, 0, 0, 1, 1, 1, -1, -1, Measurement.histogram()));
        List<String> cells = ResultTable.cells(summary);
        for (String head : List.of("CPU", "p50", "p90", "p99", "p99.9", "max", "alloc")) {
            assertEquals("-", cells.get(ResultTable.HEADS.indexOf(head)), head);
        }
        assertEquals("100.00%", cells.get(ResultTable.HEADS.indexOf("lost")));
    }

    @Test
    void aLocaleWithItsOwnDigitsChangesNothing() {
        Scenario scenario = new Scenario(1400, 1, 1);
        List<Pair> pairs = Stream.of("channel", "socket")
                .flatMap(client -> Stream.of(new Pair(client, "channel"), new Pair(client, "socket")))
                .toList();
        BenchResults results = new BenchResults(List.of(scenario), pairs);
        for (Pair pair : pairs) {
            results.add(
                    scenario, pair, new Measurement(2000, 3, 0, 0, 0, 1_000_000, 1, 1, 0, 0, Measurement.histogram()));
        }
        BenchOptions options = new BenchOptions(List.of(scenario), Duration.ofMillis(1), 1, List.of(), null);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa"));
        try {
            String both = ReportPage.of(options, Machine.here(), results)
                    + ResultTable.of(options, Machine.here(), results)
                    + ResultTable.LEGEND;
            assertTrue(both.chars().noneMatch(c -> c > '9' && Character.isDigit(c)), both);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void oneRoundHasNoRange() {
        Summary summary = new Summary(new Pair("channel", "socket"), new Scenario(32, 1, 1));
        Measurement measurement = new Measurement(2, 0, 0, 0, 0, 1, 1, 1, 0, 0, Measurement.histogram());
        summary.add(measurement);
        assertEquals("-", ResultTable.cells(summary).get(ResultTable.HEADS.indexOf("±")));
        summary.add(measurement);
        assertEquals("±0%", ResultTable.cells(summary).get(ResultTable.HEADS.indexOf("±")));
    }
}
