package udp.it.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import udp.client.RetryPolicy;
import udp.internal.cli.CommandLine;
import udp.internal.cli.FaultOptions;
import udp.internal.cli.Option;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.TraceOptions;
import udp.internal.fault.Faults;
import udp.internal.text.Printable;
import udp.internal.trace.Trace;

/** The command {@code simulate}: exchanges on a simulated network, in rounds, each with the next seed. */
public final class SimulateCommand {
    private static final List<Option> OWN_OPTIONS = List.of(
            new Option('\0', "exchanges", "N", "how many (default 100000; 1 with --fates)"),
            new Option('\0', "clients", "N", "at the same time, 1 to 16 (default 3; 1 with --fates)"),
            new Option('w', "timeout", "DURATION", "the client's first wait (default 1s)"),
            new Option('n', "tries", "N", "the client's tries (default 3)"),
            new Option('\0', "trace-file", "F", "write the last run, or what fails, to F (see diagram)"),
            new Option('\0', "trace-limit", "MB", null));

    /** The faults that a script can tell: what happens to one datagram, whichever others there are. */
    private static final List<Option> FAULTS = FaultOptions.ALL.stream()
            .filter(option -> !Set.of("max-burst", "blackhole", "rate", "queue").contains(option.name()))
            .toList();

    private static final Program PROGRAM =
            new Program("udp-it simulate", """
            usage: java -jar udp-it.jar simulate [OPTION]...
            Runs the client and the server's loop on a network without sockets, in virtual
            time, and checks what must hold on every network. Without fault options,
            datagrams have all faults. At the first violation it prints the smallest run
            that shows it.
            """, Option.concat(OWN_OPTIONS, FAULTS), List.of());

    /** The faults if none are asked for. Most delays are longer than a client waits. */
    private static final Faults ALL_FAULTS =
            new Faults(0.1, 0.05, 0.05, 0.02, 0.02, Duration.ZERO, Duration.ofSeconds(3), 0);

    private static final int ROUND = 48; // exchanges on one network: they can be repeated alone
    private static final int DATAGRAMS = 300; // of a round and direction that have drawn fates

    private SimulateCommand() {}

    /** Runs the command with the arguments behind its name, and returns the exit status. */
    public static int run(Shell shell, List<String> arguments) {
        return PROGRAM.run(shell, arguments, line -> {
            RetryPolicy policy = new RetryPolicy(
                    line.duration("timeout", Duration.ofSeconds(1)),
                    line.number("tries", "a number of tries", 1, 20, 3));
            Faults given = FaultOptions.of(line);
            Script scripted = Script.of(given);
            boolean isScripted = !scripted.fates().isEmpty();
            Faults faults = asksForFaults(line) ? given : ALL_FAULTS;
            int exchanges =
                    line.number("exchanges", "a number of exchanges", 1, 1_000_000_000, isScripted ? 1 : 100_000);
            int clients = line.number("clients", "a number of clients", 1, 16, isScripted ? 1 : 3);
            int round = isScripted ? exchanges : ROUND;
            Totals totals = new Totals(clients);
            Trace trace = TraceOptions.open(line, shell, "udp-it simulate");
            for (long seed = given.seed(); totals.planned < exchanges; seed++) {
                int number = Math.min(round, exchanges - totals.planned);
                Setup setup = isScripted && !line.has("seed")
                        ? Setup.plain(policy).clients(clients).exchanges(number)
                        : Setup.mixed(clients, number, policy, seed);
                Script script = isScripted ? scripted : DrawnScript.draw(faults, DATAGRAMS, seed);
                Simulation simulation = new Simulation(setup, script.faults(seed)).run();
                totals.add(setup, simulation);
                if (simulation.violations.broken() != null) {
                    Shrinker shrinker = new Shrinker(setup, script, simulation);
                    if (!isScripted) {
                        shrinker.search(other -> DrawnScript.draw(faults, DATAGRAMS, other));
                    }
                    report(shell.out(), shrinker.shrink());
                    write(trace, shrinker.setup(), shrinker.script(), 0);
                    return Program.FAILED;
                }
                if (totals.planned == exchanges) {
                    write(trace, setup, script, seed);
                }
            }
            shell.out().println(totals);
            return Program.DONE;
        });
    }

    /** Runs a run again, since equal runs are equal, and writes what becomes of its datagrams. */
    private static void write(Trace trace, Setup setup, Script script, long seed) throws IOException {
        try (trace) {
            if (trace != Trace.NONE) {
                new Simulation(setup, script.faults(seed), new RunTrace(trace::record), new Violations()).run();
            }
        }
    }

    private static void report(PrintStream out, Shrinker smallest) {
        Setup setup = smallest.setup();
        String script = smallest.script().toString();
        out.println(smallest.failing().violations);
        out.println("again: java -jar udp-it.jar simulate --seed " + setup.seed() + " --clients " + setup.clients()
                + " --exchanges " + setup.exchanges() + " --timeout "
                + Script.millis(setup.policy().timeout())
                + " --tries " + setup.policy().tries()
                + (script.isEmpty() ? " --loss 0" : " --fates \"" + script + "\""));
    }

    private static boolean asksForFaults(CommandLine line) {
        return FAULTS.stream().anyMatch(option -> !option.name().equals("seed") && line.has(option.name()));
    }

    /** What all rounds together have seen. */
    private static final class Totals {
        private final int clients;
        private final long start = System.nanoTime();
        private int planned;
        private long requests;
        private long replies;
        private long datagrams;
        private Duration time = Duration.ZERO; // in the networks

        Totals(int clients) {
            this.clients = clients;
        }

        void add(Setup setup, Simulation simulation) {
            planned += setup.exchanges();
            requests += simulation.exchanges();
            replies += simulation.replies();
            datagrams += simulation.sent.size();
            time = time.plusNanos(simulation.nanos());
        }

        private static String count(long number, String what) {
            return number + " " + what + (number == 1 ? "" : "s");
        }

        @Override
        public String toString() {
            return count(planned, "exchange") + " of " + count(clients, "client") + ": " + count(requests, "request")
                    + ", "
                    + replies + (replies == 1 ? " reply, " : " replies, ") + count(datagrams, "datagram") + " sent; "
                    + (time.toHours() > 0 ? time.toHours() + " h" : Printable.duration(time))
                    + " in the network, "
                    + Printable.duration(Duration.ofNanos(System.nanoTime() - start)) + " here; every invariant holds";
        }
    }
}
