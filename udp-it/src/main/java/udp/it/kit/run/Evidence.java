package udp.it.kit.run;

import java.util.List;
import java.util.concurrent.TimeoutException;
import udp.contract.Journal;
import udp.contract.Rule;
import udp.contract.Subprocess;
import udp.internal.trace.Step;
import udp.it.diagram.SmallDiagram;

/**
 * What shows a failure. Of a program, these are its last datagrams and the end of its standard error, and the stack trace
 * only if the kit itself failed. Of a class, it is the stack trace.
 */
final class Evidence {
    private static final int MAX_CHARACTERS = 12_000;

    private Evidence() {}

    static String of(Rule rule, Throwable thrown, String trace) {
        if (!rule.name().matches("[SCA].*")) {
            return trace;
        }
        StringBuilder evidence = new StringBuilder(diagram(rule));
        for (Subprocess program : Journal.programs()) {
            try {
                String errors = program.errors();
                evidence.append(errors.isEmpty() ? "" : "\nstandard error:\n" + errors + "\n");
            } catch (Exception e) {
                // Its standard error cannot be read any more.
            }
        }
        return evidence + (isOfKit(thrown) ? "\n" + trace : "");
    }

    private static boolean isOfKit(Throwable thrown) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        return !(cause instanceof AssertionError || cause instanceof TimeoutException);
    }

    /** Returns the diagram, cut at its begin: its end shows where it went wrong. */
    private static String diagram(Rule rule) {
        String kit = rule.name().startsWith("S") ? "client" : "server";
        List<Step> steps =
                Journal.steps().stream().map(step -> of(step, "udp-" + kit)).toList();
        int dropped = Journal.dropped();
        String diagram = SmallDiagram.of(steps);
        while (diagram.length() > MAX_CHARACTERS) {
            int less = steps.size() / 4 + 1;
            steps = steps.subList(less, steps.size());
            dropped += less;
            diagram = SmallDiagram.of(steps);
        }
        String isCut = dropped == 0 ? "" : "(" + dropped + " earlier steps are left out)\n";
        boolean isBetween = rule.name().startsWith("A5");
        return isCut
                + (isBetween ? diagram : diagram.replaceFirst(kit, "kit   ").replaceFirst(" +\n", "\n"));
    }

    private static Step of(Step step, String kit) {
        return step.program().isEmpty()
                ? new Step(
                        step.time(),
                        step.nanos(),
                        kit,
                        step.call(),
                        step.java(),
                        step.local(),
                        step.peer(),
                        step.data(),
                        null,
                        null,
                        null,
                        null)
                : step;
    }
}
