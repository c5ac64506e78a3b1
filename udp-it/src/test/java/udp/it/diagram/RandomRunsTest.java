package udp.it.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Many runs through a relay, with every mixture of faults and of traces: the diagram has the true arrows and no other. */
class RandomRunsTest {
    private static final int RUNS = 1000;

    @Test
    void noArrowIsWrong() {
        int arrows = 0;
        for (long seed = 0; seed < RUNS; seed++) {
            RandomRun run = new RandomRun(seed);
            Sequence sequence = Sequence.of(run.steps);
            Set<String> drawn = sequence.arrows().stream()
                    .map(RandomRunsTest::describe)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(String.join("\n", new TreeSet<>(run.arrows)), String.join("\n", drawn), "seed " + seed);
            assertEquals(drawn.size(), sequence.arrows().size(), "seed " + seed);
            arrows += drawn.size();
        }
        assertTrue(arrows > 10 * RUNS, "only " + arrows + " arrows");
    }

    private static String describe(Arrow arrow) {
        boolean isLost = arrow.received() == null && arrow.fate().isEnd();
        return arrow.name() + " " + key(arrow.sent()) + ">"
                + (isLost ? "x end" : key(arrow.received()) + " " + arrow.words());
    }

    private static String key(TraceStep step) {
        return step == null ? "-" : step.source() + ":" + step.nanos();
    }
}
