package udp.internal.trace;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The writer of a step as a line of a table.
 *
 * @param start when the program started, on the monotonic clock
 * @param colour whether the terminal shows colours
 * @param hexdump whether the bytes follow
 */
record StepText(long start, boolean colour, boolean hexdump) {
    private static final String FORMAT = "%13s  %s  %-24s  %s";
    static final String HEADING =
            String.format(Locale.ROOT, FORMAT + "%n", "since start", column("socket call"), "in Java", "what");

    private static final int EXCERPT = 32;
    private static final String PLAIN = "\u001b[0m";

    String of(Step step) {
        String time = String.format(Locale.ROOT, "%.3f ms", (step.nanos() - start) / 1e6);
        String call = column(step.call().toString());
        String begin = colour ? colour(step) : "";
        String java = Objects.requireNonNullElse(step.java(), "");
        String line = String.format(
                Locale.ROOT, FORMAT, time, begin.isEmpty() ? call : begin + call + PLAIN, java, what(step));
        String dump = hexdump && step.data() != null ? HexDump.of(step.data(), " ".repeat(15)) : "";
        return line.stripTrailing() + System.lineSeparator() + dump;
    }

    private static String column(String call) {
        return String.format(Locale.ROOT, "%-15s", call);
    }

    private static String what(Step step) {
        String data = step.data() == null ? null : Excerpt.size(step.data()) + " " + Excerpt.of(step.data(), EXCERPT);
        String failure = step.failure() == null ? null : "failed: " + step.failure();
        return Stream.of(step.datagram(), addresses(step), data, step.note(), step.fate(), failure)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("  "));
    }

    private static String addresses(Step step) {
        if (step.local() == null || step.peer() == null) {
            return step.local() == null ? step.peer() : step.local();
        }
        boolean arrives = step.call() == Call.RECVFROM || step.call() == Call.TIME_OUT;
        return step.local() + (arrives ? " <- " : " -> ") + step.peer();
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
