package udp.internal.trace;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import udp.internal.text.Printable;

/**
 * A step as a line of a table.
 *
 * @param start when the program started, on the monotonic clock
 * @param colour whether it is for a terminal that shows colours
 * @param hexdump whether the bytes are to follow
 */
record StepText(long start, boolean colour, boolean hexdump) {
    static final String HEADING =
            String.format(Locale.ROOT, "%13s  %-15s  %-24s  %s%n", "since start", "socket call", "in Java", "what");

    private static final int EXCERPT = 32;
    private static final String PLAIN = "\u001b[0m";

    String of(Step step) {
        String call = String.format(Locale.ROOT, "%-15s", step.call());
        return String.format(
                                Locale.ROOT,
                                "%10.3f ms  %s  %-24s  %s",
                                (step.nanos() - start) / 1e6,
                                painted(call, step),
                                step.java(),
                                what(step))
                        .stripTrailing()
                + System.lineSeparator()
                + (hexdump && step.data() != null ? HexDump.of(step.data(), " ".repeat(15)) : "");
    }

    private static String what(Step step) {
        return Stream.of(addresses(step), data(step), step.note(), failure(step))
                .filter(part -> part != null)
                .collect(Collectors.joining("  "));
    }

    private static String addresses(Step step) {
        if (step.local() == null) {
            return step.peer() == null ? null : Printable.address(step.peer());
        }
        String arrow = step.call() == Call.RECVFROM || step.call() == Call.TIME_OUT ? " <- " : " -> ";
        return Printable.address(step.local()) + (step.peer() == null ? "" : arrow + Printable.address(step.peer()));
    }

    private static String data(Step step) {
        return step.data() == null ? null : Excerpt.size(step.data()) + " " + Excerpt.of(step.data(), EXCERPT);
    }

    private static String failure(Step step) {
        return step.failure() == null ? null : "failed: " + Printable.line(step.failure());
    }

    private String painted(String call, Step step) {
        String begin = colour ? colour(step) : "";
        return begin.isEmpty() ? call : begin + call + PLAIN;
    }

    private static String colour(Step step) {
        if (step.failure() != null) {
            return "\u001b[31m"; // red
        }
        return switch (step.call()) {
            case SENDTO -> "\u001b[32m"; // green
            case RECVFROM -> "\u001b[36m"; // cyan
            case PROCESS, PRINT -> "\u001b[35m"; // magenta
            case TIME_OUT, RETRANSMISSION -> "\u001b[33m"; // yellow
            default -> "";
        };
    }
}
