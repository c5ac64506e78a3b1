package udp.it.bench;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import udp.internal.cli.CommandLine;
import udp.internal.cli.Option;
import udp.internal.cli.Values;
import udp.internal.text.Printable;

/** The options of the benchmark; {@code report} is null without a report. */
record BenchOptions(List<Scenario> scenarios, Duration time, int rounds, List<ServerCommand> others, Path report) {
    static final List<Option> OPTIONS = List.of(
            new Option('\0', "sizes", "LIST", "bytes of a datagram (default 32,1400,8192)"),
            new Option('\0', "windows", "LIST", "requests outstanding per client (default 1,64)"),
            new Option('\0', "clients", "LIST", "numbers of clients (default 1,16)"),
            new Option('\0', "time", "DURATION", "time of each measurement (default 500ms)"),
            new Option('\0', "rounds", "N", "rounds of measurements (default 3)"),
            new Option('\0', "server", "COMMAND", "also measure this server, on port {port}"),
            new Option('\0', "report", "DIR", "write report.html and measurements.csv there"));

    private static final int MAX_COUNT = 1024;

    /** A kind of load: the size of a datagram, how many are outstanding for each client, and how many clients there are. */
    record Scenario(int size, int window, int clients) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d bytes, %s", size, load());
        }

        /** Returns everything but the size. */
        String load() {
            return String.format(Locale.ROOT, "%d outstanding, %,d client%s", window, clients, clients == 1 ? "" : "s");
        }
    }

    static BenchOptions of(CommandLine line) {
        List<Integer> sizes = line.get(
                "sizes",
                List.of(32, 1400, 8192),
                text -> numbers(text, "a size in bytes", Window.NUMBER_BYTES, 65_507));
        List<Integer> windows = line.get("windows", List.of(1, 64), text -> numbers(text, "a window", 1, MAX_COUNT));
        List<Integer> clients =
                line.get("clients", List.of(1, 16), text -> numbers(text, "a number of clients", 1, MAX_COUNT));
        List<Scenario> scenarios = new ArrayList<>();
        for (int number : clients) {
            for (int window : windows) {
                sizes.forEach(size -> scenarios.add(new Scenario(size, window, number)));
            }
        }
        return new BenchOptions(
                scenarios,
                line.get("time", Duration.ofMillis(500), Values::duration),
                line.get("rounds", 3, text -> Values.number(text, "a number of rounds", 1, 1000)),
                line.get("server", List.of(), ServerCommand::parse),
                line.get("report", null, BenchOptions::path));
    }

    /** Returns how much was measured, for example {@code 3 rounds of 500 ms}. */
    String measured() {
        return rounds + (rounds == 1 ? " round of " : " rounds of ") + Printable.duration(time);
    }

    private static List<Integer> numbers(String text, String kind, int lowest, int highest) {
        return Stream.of(text.split(",", -1))
                .map(each -> Values.number(each.strip(), kind, lowest, highest))
                .distinct()
                .toList();
    }

    private static Path path(String text) {
        try {
            return Path.of(Values.name(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path: " + e.getMessage());
        }
    }
}
