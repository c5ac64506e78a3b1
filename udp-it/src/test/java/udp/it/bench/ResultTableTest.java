package udp.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import udp.it.bench.BenchOptions.Scenario;
import udp.it.bench.BenchResults.Pair;
import udp.it.bench.BenchResults.Summary;

class ResultTableTest {
    @Test
    void aServerThatNeverRepliedHasNoLatency() {
        Summary summary = new Summary(new Pair("channel", "mute"), new Scenario(32, 1, 1));
        summary.add(new Measurement(0, 3, 0, 0, 1, 1, 1, -1, Measurement.histogram()));
        List<String> cells = ResultTable.cells(summary);
        for (String head : List.of("CPU", "p50", "p90", "p99", "p99.9", "max", "alloc")) {
            assertEquals("-", cells.get(ResultTable.HEADS.indexOf(head)), head);
        }
        assertEquals("100.00%", cells.get(ResultTable.HEADS.indexOf("lost")));
    }

    @Test
    void oneRoundHasNoRange() {
        Summary summary = new Summary(new Pair("channel", "socket"), new Scenario(32, 1, 1));
        Measurement measurement = new Measurement(2, 0, 0, 0, 1, 1, 1, 0, Measurement.histogram());
        summary.add(measurement);
        assertEquals("-", ResultTable.cells(summary).get(ResultTable.HEADS.indexOf("±")));
        summary.add(measurement);
        assertEquals("±0%", ResultTable.cells(summary).get(ResultTable.HEADS.indexOf("±")));
    }
}
