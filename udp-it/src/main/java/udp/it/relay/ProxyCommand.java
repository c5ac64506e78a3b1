package udp.it.relay;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import udp.internal.cli.CommandLine;
import udp.internal.cli.FaultOptions;
import udp.internal.cli.LossyOutput;
import udp.internal.cli.Option;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.TraceOptions;
import udp.internal.cli.UsageException;
import udp.internal.cli.Values;
import udp.internal.fault.Faults;
import udp.internal.net.Addresses;
import udp.internal.net.Lookup;
import udp.internal.text.Printable;
import udp.it.relay.Upstreams.Limits;

/** The command {@code proxy}: a {@link Relay} as a program. */
public final class ProxyCommand {
    public static final String NAME = "udp-it proxy";

    private static final List<Option> OWN_OPTIONS = List.of(
            new Option('\0', "listen", "[ADDRESS:]PORT", "where clients send to (default 127.0.0.1:50008)"),
            new Option('\0', "to", "HOST:PORT", "the server, as localhost:50007, [::1]:50007"),
            new Option('\0', "follow", null, "let the server reply from any port, as TFTP does"),
            new Option('\0', "rebind", "N", "change a client's port after N datagrams (NAT)"),
            new Option('\0', "idle", "DURATION", "how long a silent client is known (default 1m)"),
            new Option('\0', "pcap", "F", "write each datagram to F, for Wireshark"));

    private static final Program PROGRAM = new Program(
            NAME, """
            usage: java -jar udp-it.jar proxy --to HOST:PORT [OPTION]...
            Passes datagrams on between clients and a server as a bad network would, until
            Ctrl-C. The n-th datagram of each direction gets the n-th random draw of the
            seed, whichever client sent it.
            """, Option.concat(Option.concat(OWN_OPTIONS, FaultOptions.ALL), TraceOptions.ALL), List.of());

    private static final Pattern ENDPOINT = Pattern.compile("(\\[[^\\[\\]]+]|[^:\\[\\]]+):([^:]+)");
    private static final InetSocketAddress DEFAULT_LISTEN =
            new InetSocketAddress(Addresses.loopback(StandardProtocolFamily.INET), 50008);

    /** How long the server may be silent until its next address is tried. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private ProxyCommand() {}

    /** Runs the command with the arguments behind its name, and returns the exit status. */
    public static int run(Shell shell, List<String> arguments) {
        return PROGRAM.run(shell, arguments, line -> {
            InetSocketAddress listen = line.get("listen", DEFAULT_LISTEN, ProxyCommand::listen);
            List<InetSocketAddress> servers = line.get("to", List.of(), ProxyCommand::servers);
            if (servers.isEmpty()) {
                throw new UsageException("where is the server? --to HOST:PORT is missing");
            }
            for (InetSocketAddress server : servers) {
                if (Relay.isOwn(listen, server)) {
                    throw new UsageException(
                            "--to " + Printable.address(server) + " is where --listen is: it would go in circles");
                }
            }
            String to = line.get("to", null, Values::name);
            Destination server = new Destination(servers, () -> servers(to), PATIENCE);
            Limits limits = new Limits(
                    Relay.LIMITS.clients(),
                    line.duration("idle", Relay.LIMITS.idle()),
                    line.has("follow"),
                    line.number("rebind", "a number of datagrams", 1, 1_000_000, 0));
            Faults faults = FaultOptions.of(line);
            Consumer<String> warnings = warning -> shell.err().println(NAME + ": " + warning);
            Recorder recorder = recorder(line, shell, warnings);
            Relay relay;
            try {
                relay = new Relay(listen, server, faults, limits, warnings, recorder);
            } catch (IOException e) {
                throw cannotBind(listen, e);
            }
            return relay(relay, shell);
        });
    }

    private static Recorder recorder(CommandLine line, Shell shell, Consumer<String> warnings) throws IOException {
        boolean hasBoth = line.has("pcap") && line.has("trace-file");
        if (hasBoth && file(line, "pcap").equals(file(line, "trace-file"))) {
            throw new UsageException("--pcap and --trace-file name the same file");
        }
        OutputStream file = TraceOptions.file(line, "pcap", null);
        return new Recorder(TraceOptions.open(line, shell, NAME), file == null ? null : new Capture(file, warnings));
    }

    private static File file(CommandLine line, String option) throws IOException {
        return new File(line.name(option, "")).getCanonicalFile();
    }

    private static InetSocketAddress listen(String text) {
        return text.indexOf(':') < 0
                ? new InetSocketAddress(DEFAULT_LISTEN.getAddress(), Values.port(text, 0))
                : endpoints(text, 0).get(0);
    }

    private static List<InetSocketAddress> servers(String text) {
        return endpoints(text, 1).stream()
                .map(named -> new InetSocketAddress(Addresses.reachable(named.getAddress()), named.getPort()))
                .toList();
    }

    private static List<InetSocketAddress> endpoints(String text, int lowestPort) {
        Matcher matcher = ENDPOINT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + Printable.line(text) + "' is not HOST:PORT (such as localhost:50007 or [::1]:50007)");
        }
        int port = Values.port(matcher.group(2), lowestPort);
        try {
            return Stream.of(Lookup.all(matcher.group(1), Lookup.LIMIT))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (Lookup.OutageException e) {
            throw new UncheckedIOException(e);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host '" + Printable.line(matcher.group(1)) + "' does not resolve");
        }
    }

    private static IOException cannotBind(InetSocketAddress listen, IOException e) {
        String failure = Printable.failure(e);
        boolean isFull = failure.contains("Too many open files"); // No other address or port would help.
        return new IOException(
                "cannot bind " + Printable.address(listen) + ": " + failure
                        + (isFull ? "" : "; choose another with --listen, or stop the program that has it"),
                e);
    }

    private static int relay(Relay relay, Shell shell) throws IOException {
        PrintStream out = LossyOutput.around(shell.out()); // Nobody may read it.
        Thread relaying = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Thread atExit = new Thread(() -> stop(relaying, ended), "udp-it proxy exit");
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return Program.DONE; // the JVM is already ending
        }
        try (relay) {
            print(
                    out,
                    "listening on " + Printable.address(relay.listen()) + ", to " + Printable.address(relay.server()));
            relay.run();
        } finally {
            print(out, relay.summary());
            LossyOutput.awaitAll();
            ended.countDown();
            removeHook(atExit);
        }
        return Program.DONE;
    }

    private static void print(PrintStream out, String line) {
        out.println(NAME + ": " + line);
    }

    /** Runs on SIGTERM and Ctrl-C: stops relaying, and keeps the JVM until the summary is printed. */
    private static void stop(Thread relaying, CountDownLatch ended) {
        relaying.interrupt();
        try {
            ended.await(1, TimeUnit.SECONDS); // not longer, because nobody may read standard output
        } catch (InterruptedException e) {
            // the JVM ends without the summary
        }
    }

    private static void removeHook(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the JVM is ending and has started the hook
        }
    }
}
