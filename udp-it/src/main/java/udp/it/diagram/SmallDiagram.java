package udp.it.diagram;

import java.util.Comparator;
import java.util.List;
import udp.internal.trace.Step;

/** The diagram of the steps of one program, or of the network between two, as text. */
public final class SmallDiagram {
    private static final int WIDTH = 80;

    private SmallDiagram() {}

    /** Returns the diagram, empty if there are no steps. */
    public static String of(List<Step> steps) {
        if (steps.isEmpty()) {
            return "";
        }
        List<TraceStep> sorted = steps.stream()
                .map(step -> TraceStep.of(0, step))
                .sorted(Comparator.comparingLong(TraceStep::nanos))
                .toList();
        long start = sorted.get(0).nanos();
        Sequence sequence = Sequence.of(
                sorted.stream().map(step -> step.at(step.nanos() - start)).toList());
        return TextDiagram.of(sequence, WIDTH, false);
    }
}
