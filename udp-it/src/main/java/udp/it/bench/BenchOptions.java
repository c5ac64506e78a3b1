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
            new Option('\0', "sizes", "LIST", "bytes of a datagram (default 32,1400,8192; at a rate 32)"),
            new Option('\0', "windows", "LIST", "requests outstanding per client (default 1,64)"),
            new Option('\0', "rate", "LIST", "requests a second whatever comes back, or: sweep"),
            new Option('\0', "clients", "LIST", "numbers of clients (default 1,16; at a rate 1)"),
            new Option('\0', "time", "DURATION", "time of each measurement (default 500ms; at a rate 1s)"),
            new Option('\0', "rounds", "N", "rounds of measurements (default 3)"),
            new Option('\0', "server", "COMMAND", "also measure this server, on port {port}"),
            new Option('\0', "report", "DIR", "write report.html and measurements.csv there"));

    private static final int MAX_COUNT = 1024;
    private static final int MAX_RATE = 10_000_000;

    /** The rates of a sweep. They are closer together where the knee of a server usually is. */
    private static final String SWEEP = "1000,2000,5000,10000,20000,30000,40000,50000,60000,80000,100000,120000,140000,"
            + "160000,180000,200000,250000,300000,350000,400000,500000,600000,800000,1000000";

    /**
     * A kind of load.
     *
     * @param size the bytes of a datagram
     * @param window the requests that each client has outstanding; 0 at a rate
     * @param clients the number of clients
     * @param rate the requests per second of all clients together, whatever comes back; 0 with a window
     */
    record Scenario(int size, int window, int clients, int rate) {
        Scenario(int size, int window, int clients) {
            this(size, window, clients, 0);
        }

        @Override
        public String toString() {
            return isAtRate()
                    ? String.format(Locale.ROOT, "%,d per second, %s", rate, others())
                    : bytes() + ", " + others();
        }

        boolean isAtRate() {
            return rate > 0;
        }

        /** Returns what the plots show from left to right: the rate if there is one, else the size. */
        int across() {
            return isAtRate() ? rate : size;
        }

        /** Returns in words what a plot has in common: everything but {@link #across}. */
        String others() {
            String count = String.format(Locale.ROOT, "%,d client%s", clients, clients == 1 ? "" : "s");
            return isAtRate()
                    ? bytes() + ", " + count
                    : String.format(Locale.ROOT, "%d outstanding, %s", window, count);
        }

        private String bytes() {
            return String.format(Locale.ROOT, "%,d bytes", size);
        }
    }

    static BenchOptions of(CommandLine line) {
        boolean atRate = "rate".equals(line.oneOf("rate", "windows"));
        List<Integer> rates = atRate ? line.get("rate", List.of(), BenchOptions::rates) : List.of();
        List<Integer> sizes = line.get(
                "sizes",
                atRate ? List.of(32) : List.of(32, 1400, 8192),
                text -> numbers(text, "a size in bytes", Window.NUMBER_BYTES, 65_507));
        List<Integer> windows = line.get("windows", List.of(1, 64), text -> numbers(text, "a window", 1, MAX_COUNT));
        List<Integer> clients = line.get(
                "clients",
                atRate ? List.of(1) : List.of(1, 16),
                text -> numbers(text, "a number of clients", 1, MAX_COUNT));
        List<Scenario> scenarios = new ArrayList<>();
        for (int number : clients) {
            if (atRate) {
                sizes.forEach(size -> rates.forEach(rate -> scenarios.add(new Scenario(size, 0, number, rate))));
                continue;
            }
            for (int window : windows) {
                sizes.forEach(size -> scenarios.add(new Scenario(size, window, number)));
            }
        }
        return new BenchOptions(
                scenarios,
                line.get("time", Duration.ofMillis(atRate ? 1000 : 500), Values::duration),
                line.get("rounds", 3, text -> Values.number(text, "a number of rounds", 1, 1000)),
                line.get("server", List.of(), ServerCommand::parse),
                line.get("report", null, BenchOptions::path));
    }

    /** Returns whether requests are sent at a rate, thus in all scenarios. */
    boolean atRate() {
        return scenarios.get(0).isAtRate();
    }

    /** Returns how much was measured, for example {@code 3 rounds of 500 ms}. */
    String measured() {
        return rounds + (rounds == 1 ? " round of " : " rounds of ") + Printable.duration(time);
    }

    private static List<Integer> rates(String text) {
        String list = text.equals("sweep") ? SWEEP : text;
        return numbers(list, "a rate per second", 1, MAX_RATE).stream().sorted().toList();
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
