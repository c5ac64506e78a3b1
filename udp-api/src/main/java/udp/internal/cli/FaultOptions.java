package udp.internal.cli;

import java.time.Duration;
import java.util.List;
import udp.internal.fault.Faults;
import udp.internal.text.Printable;

/** The options of both programs for a network that is worse than the one at hand. */
public final class FaultOptions {
    /** The options. */
    public static final List<Option> ALL = List.of(
            new Option('\0', "loss", "P", "lose datagrams, each with probability P"),
            new Option('\0', "duplicate", "P", "double datagrams"),
            new Option('\0', "reorder", "P", "let a later datagram overtake"),
            new Option('\0', "corrupt", "P", "flip a bit of datagrams"),
            new Option('\0', "truncate", "P", "cut datagrams short"),
            new Option('\0', "delay", "A..B", "delay datagrams, as 20ms..80ms"),
            new Option('\0', "seed", "N", "equal seeds give equal runs (default 0)"));

    private FaultOptions() {}

    /**
     * The faults that were asked for.
     *
     * @param line a command line with {@link #ALL} among its options
     * @return the faults, perhaps none
     */
    public static Faults of(CommandLine line) {
        for (Option option : ALL) {
            if (line.has(option.name())) {
                return given(line);
            }
        }
        return Faults.NONE;
    }

    private static Faults given(CommandLine line) {
        Duration[] delay = line.get("delay", new Duration[] {Duration.ZERO, Duration.ZERO}, FaultOptions::range);
        return new Faults(
                line.get("loss", 0.0, FaultOptions::probability),
                line.get("duplicate", 0.0, FaultOptions::probability),
                line.get("reorder", 0.0, FaultOptions::probability),
                line.get("corrupt", 0.0, FaultOptions::probability),
                line.get("truncate", 0.0, FaultOptions::probability),
                delay[0],
                delay[1],
                line.get("seed", 0L, FaultOptions::seed));
    }

    private static double probability(String text) {
        if (text.matches("[01]|[01]?\\.[0-9]{1,9}")) {
            double probability = Double.parseDouble(text);
            if (probability <= 1) {
                return probability;
            }
        }
        throw new IllegalArgumentException("'" + Printable.line(text) + "' is not a probability (0 to 1)");
    }

    private static Duration[] range(String text) {
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException("'" + Printable.line(text) + "' is not a range (such as 20ms..80ms)");
        }
        Duration least = Values.duration(ends[0]);
        Duration most = Values.duration(ends[ends.length - 1]);
        if (least.compareTo(most) > 0) {
            throw new IllegalArgumentException("'" + Printable.line(text) + "' begins after its end");
        }
        return new Duration[] {least, most};
    }

    private static long seed(String text) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new IllegalArgumentException("'" + Printable.line(text) + "' is not a seed (a whole number)");
        }
        return Long.parseLong(text);
    }
}
