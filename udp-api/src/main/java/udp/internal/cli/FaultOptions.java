package udp.internal.cli;

import java.time.Duration;
import java.util.List;
import udp.internal.fault.Chances;
import udp.internal.fault.Faults;
import udp.internal.fault.LinkFaults;
import udp.internal.text.Printable;

/** The options of both programs for faults of the network. */
public final class FaultOptions {
    public static final List<Option> ALL = List.of(
            new Option('\0', "loss", "P", "lose datagrams, each with probability P"),
            new Option('\0', "duplicate", "P", "double; likewise --reorder, --corrupt, --truncate"),
            new Option('\0', "reorder", "P", null),
            new Option('\0', "corrupt", "P", null),
            new Option('\0', "truncate", "P", null),
            new Option('\0', "delay", "A..B", "delay datagrams, as 20ms..80ms"),
            new Option('\0', "seed", "N", "equal seeds give equal runs (default 0)"),
            new Option('\0', "fates", "LIST", "instead: by number, as \"c1=lose s2=late:150ms\""));

    private static final List<String> RANDOM = List.of("loss", "duplicate", "reorder", "corrupt", "truncate", "delay");

    private FaultOptions() {}

    /** Returns the faults, perhaps none, that a command line with {@link #ALL} among its options asks for. */
    public static Faults of(CommandLine line) {
        for (Option option : ALL) {
            if (line.has(option.name())) {
                return read(line);
            }
        }
        return Faults.NONE;
    }

    private static Faults read(CommandLine line) {
        long seed = line.get("seed", 0L, FaultOptions::seed);
        if (isScripted(line)) {
            FateScript script = line.get("fates", null, FateScript::new);
            return new Faults(
                    new LinkFaults(Chances.NONE, script.fromClients),
                    new LinkFaults(Chances.NONE, script.fromServer),
                    seed);
        }
        Duration[] delay = line.get("delay", new Duration[] {Duration.ZERO, Duration.ZERO}, FaultOptions::range);
        return new Faults(
                probability(line, "loss"),
                probability(line, "duplicate"),
                probability(line, "reorder"),
                probability(line, "corrupt"),
                probability(line, "truncate"),
                delay[0],
                delay[1],
                seed);
    }

    /** Returns whether the fates, not the random faults, come from the nearest origin. */
    private static boolean isScripted(CommandLine line) {
        boolean scripted = line.has("fates");
        for (String option : RANDOM) {
            scripted = scripted && "fates".equals(line.oneOf("fates", option));
        }
        return scripted;
    }

    private static double probability(CommandLine line, String name) {
        return line.get(name, 0.0, FaultOptions::probability);
    }

    private static double probability(String text) {
        if (!text.matches("0|1|[01]?\\.[0-9]{1,9}") || Double.parseDouble(text) > 1) {
            throw Values.refusal(text, "a probability (0 to 1)");
        }
        return Double.parseDouble(text);
    }

    private static Duration[] range(String text) {
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length > 2) {
            throw Values.refusal(text, "a range (such as 20ms..80ms)");
        }
        Duration min = Values.duration(ends[0]);
        Duration max = Values.duration(ends[ends.length - 1]);
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException("'" + Printable.line(text) + "' begins after its end");
        }
        return new Duration[] {min, max};
    }

    private static long seed(String text) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw Values.refusal(text, "a seed (a whole number)");
        }
        return Long.parseLong(text);
    }
}
