package udp.internal.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import udp.internal.fault.Bandwidth;
import udp.internal.fault.Chances;
import udp.internal.fault.Faults;
import udp.internal.fault.LinkFaults;
import udp.internal.fault.TimeSpan;
import udp.internal.text.Printable;

/**
 * The options of the programs for faults of the network. Except the seed and the fates, each takes a value, or two with a
 * colon between: the first for the datagrams from clients, the second for those from the server.
 */
public final class FaultOptions {
    public static final List<Option> ALL = List.of(
            new Option('\0', "loss", "P[:Q]", "lose with probability P, from the server with Q"),
            new Option('\0', "max-burst", "N", "lose at most N in a row"),
            new Option('\0', "duplicate", "P", "double; likewise --reorder, --corrupt, --truncate"),
            new Option('\0', "reorder", "P", null),
            new Option('\0', "corrupt", "P", null),
            new Option('\0', "truncate", "P", null),
            new Option('\0', "delay", "A..B", "delay, as 20ms..80ms; --seed N: other draws (0)"),
            new Option('\0', "seed", "N", null),
            new Option('\0', "fates", "LIST", "instead: by number, as \"c1=lose s2=late:150ms\""),
            new Option('\0', "blackhole", "A..B", "drop everything in this time, as 2s..4s"),
            new Option('\0', "rate", "R", "bandwidth, as 1Mbit; --queue N wait for it (25)"),
            new Option('\0', "queue", "N", null));

    private static final List<String> RANDOM =
            List.of("loss", "max-burst", "duplicate", "reorder", "corrupt", "truncate", "delay");
    private static final int MAX_NUMBER = 10_000;

    private FaultOptions() {}

    /** Returns the faults, perhaps none, that a command line with {@link #ALL} among its options asks for. */
    public static Faults of(CommandLine line) {
        return given(line).orElse(Faults.NONE);
    }

    /** Returns the faults if an option of {@link #ALL} was given. Else no class of the faults is loaded. */
    public static Optional<Faults> given(CommandLine line) {
        for (Option option : ALL) {
            if (line.has(option.name())) {
                return Optional.of(read(line));
            }
        }
        return Optional.empty();
    }

    private static Faults read(CommandLine line) {
        if (line.has("queue") && !line.has("rate")) {
            throw new UsageException("--queue has no use without a bandwidth (such as --rate 1Mbit)");
        }
        FateScript script = isScripted(line) ? line.get("fates", null, FateScript::new) : null;
        return new Faults(
                direction(line, 0, script == null ? null : script.fromClients),
                direction(line, 1, script == null ? null : script.fromServer),
                line.get("seed", 0L, FaultOptions::seed));
    }

    /** Returns whether the fates, not the random faults, come from the nearest origin. */
    private static boolean isScripted(CommandLine line) {
        boolean scripted = line.has("fates");
        for (String option : RANDOM) {
            scripted = scripted && "fates".equals(line.oneOf("fates", option));
        }
        return scripted;
    }

    /** Returns the faults of a direction, 0 from clients or 1 from the server; without a script they are random. */
    private static LinkFaults direction(CommandLine line, int direction, Map<Integer, Chances> script) {
        boolean isRandom = script == null;
        return new LinkFaults(
                isRandom ? chances(line, direction) : Chances.NONE,
                isRandom ? Map.of() : script,
                isRandom ? number(line, "max-burst", direction, Integer.MAX_VALUE) : Integer.MAX_VALUE,
                get(line, "blackhole", direction, TimeSpan.NONE, FaultOptions::outage),
                line.has("rate") ? bandwidth(line, direction) : Bandwidth.UNLIMITED);
    }

    private static Bandwidth bandwidth(CommandLine line, int direction) {
        return new Bandwidth(
                get(line, "rate", direction, 0L, FaultOptions::bitsPerSecond), number(line, "queue", direction, 25));
    }

    private static Chances chances(CommandLine line, int direction) {
        TimeSpan delay = get(line, "delay", direction, TimeSpan.NONE, FaultOptions::range);
        return new Chances(
                get(line, "loss", direction, 0.0, FaultOptions::probability),
                get(line, "duplicate", direction, 0.0, FaultOptions::probability),
                get(line, "reorder", direction, 0.0, FaultOptions::probability),
                get(line, "corrupt", direction, 0.0, FaultOptions::probability),
                get(line, "truncate", direction, 0.0, FaultOptions::probability),
                delay.from(),
                delay.to());
    }

    private static int number(CommandLine line, String name, int direction, int fallback) {
        return get(line, name, direction, fallback, text -> Values.number(text, "a number", 0, MAX_NUMBER));
    }

    /** Returns the value of an option for a direction. */
    private static <T> T get(CommandLine line, String name, int direction, T fallback, Function<String, T> parser) {
        return line.get(name, fallback, text -> {
            String[] values = text.split(":", 2);
            return parser.apply(values[Math.min(direction, values.length - 1)]);
        });
    }

    private static double probability(String text) {
        if (!text.matches("0|1|[01]?\\.[0-9]{1,9}") || Double.parseDouble(text) > 1) {
            throw Values.refusal(text, "a probability (0 to 1)");
        }
        return Double.parseDouble(text);
    }

    private static TimeSpan range(String text) {
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length > 2) {
            throw Values.refusal(text, "a range (such as 20ms..80ms)");
        }
        Duration min = durationOrZero(ends[0]);
        Duration max = durationOrZero(ends[ends.length - 1]);
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException("'" + Printable.line(text) + "' begins after its end");
        }
        return new TimeSpan(min, max);
    }

    private static TimeSpan outage(String text) {
        TimeSpan span = range(text);
        if (span.from().equals(span.to()) && !span.to().isZero()) {
            throw Values.refusal(text, "a time (such as 2s..4s)");
        }
        return span;
    }

    private static Duration durationOrZero(String text) {
        return text.matches("0(ms|s|m)?") ? Duration.ZERO : Values.duration(text);
    }

    private static long bitsPerSecond(String text) {
        Matcher matcher =
                Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)([kMG])bit").matcher(text);
        double bits = 0;
        if (matcher.matches()) {
            String unit = matcher.group(2);
            bits = Double.parseDouble(matcher.group(1)) * (unit.equals("k") ? 1e3 : unit.equals("M") ? 1e6 : 1e9);
        }
        if (bits < 1000 || bits > 100e9) {
            throw Values.refusal(text, "a bandwidth (such as 64kbit, 1.5Mbit, 1Gbit; 1kbit to 100Gbit)");
        }
        return (long) bits;
    }

    private static long seed(String text) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw Values.refusal(text, "a seed (a whole number)");
        }
        return Long.parseLong(text);
    }
}
