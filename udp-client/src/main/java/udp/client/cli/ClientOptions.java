package udp.client.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import udp.internal.cli.CommandLine;
import udp.internal.cli.FaultOptions;
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
import udp.internal.trace.Trace;

/**
 * The values of the client's command line, and what they name. The message is null if standard input has the messages; the
 * family is null if both are meant.
 */
public record ClientOptions(
        String host,
        int port,
        String message,
        Duration timeout,
        int tries,
        StandardProtocolFamily family,
        String transport,
        int localPort,
        Optional<Faults> faults) {
    /** The transport that is used unless the command line names another. */
    public static final String DEFAULT_TRANSPORT = "channel";

    private static final String LOOK_UP = "InetAddress.getAllByName";
    private static final int MAX_TRIES = 20;

    private static final List<Option> OWN_OPTIONS = List.of(
            new Option('m', "message", "TEXT", "send this, not standard input"),
            new Option('w', "timeout", "DURATION", "first wait, as 200ms, 1.5s, 2m (default 1s)"),
            new Option('n', "tries", "N", "number of tries, each waits twice as long (default 3)"),
            new Option('4', "ipv4", null, "IPv4 only"),
            new Option('6', "ipv6", null, "IPv6 only"),
            new Option('t', "transport", "NAME", "socket, channel or your own (default channel)"),
            new Option('\0', "local-port", "N", "port to send from, for one message"));

    /** The client as a command. */
    public static final Program PROGRAM = new Program(
            "udp-client",
            """
            usage: java -jar udp-client.jar [OPTION]... [HOST [PORT]]
            Sends each line of standard input to HOST (localhost), PORT (50007) as a
            datagram, and prints each reply as a line. On a terminal: one sentence.
            """,
            Option.concat(Option.concat(OWN_OPTIONS, FaultOptions.ALL), TraceOptions.ALL),
            List.of("host", "port"));

    /** Reads the options. */
    public static ClientOptions of(CommandLine line) {
        return new ClientOptions(
                line.has("host") ? host(line) : "localhost",
                line.port("port", 1, 50007),
                line.has("message") ? line.get("message", "", Values::message) : null,
                line.duration("timeout", Duration.ofSeconds(1)),
                line.number("tries", "a number of tries", 1, MAX_TRIES, 3),
                family(line.oneOf("ipv4", "ipv6")),
                line.name("transport", DEFAULT_TRANSPORT),
                line.port("local-port", 0, 0),
                FaultOptions.given(line));
    }

    /** Begins the trace that was asked for. */
    public static Trace startTrace(CommandLine line, Shell shell) {
        return TraceOptions.open(line, shell, PROGRAM.name());
    }

    /** Returns the server as people write it. */
    public String name() {
        return Printable.endpoint(Printable.line(host), port);
    }

    /** Looks up the addresses of the server: all, or those of the family that was asked for. */
    public List<InetSocketAddress> addresses(Trace trace) throws UnknownHostException {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (InetSocketAddress server : Addresses.servers(lookUp(trace), port)) {
            if (family == null || Addresses.family(server) == family) {
                servers.add(server);
            }
        }
        if (servers.isEmpty()) {
            throw new UsageException("host '" + host + "' has no address of the family asked for (-4, -6)");
        }
        return servers;
    }

    private InetAddress[] lookUp(Trace trace) throws UnknownHostException {
        try {
            // Duration.multipliedBy would initialize BigDecimal, which takes 3 to 10 ms.
            Duration allTries = Duration.ofNanos(timeout.toNanos() * ((1L << tries) - 1));
            InetAddress[] found = Lookup.all(host, allTries);
            trace.recordLookup(LOOK_UP, host, found);
            return found;
        } catch (UnknownHostException e) {
            trace.recordLookup(LOOK_UP, host);
            if (e instanceof Lookup.OutageException) {
                throw e;
            }
            throw new UsageException("host '" + host + "' does not resolve; check the name, or give an address");
        }
    }

    private static String host(CommandLine line) {
        try {
            return checkedHost(line.value("host"));
        } catch (IllegalArgumentException e) {
            throw line.refusal("host", e);
        }
    }

    /** Refuses what is no name of a host but looks up as an address all the same, or names a port too. */
    private static String checkedHost(String text) {
        int colon = text.indexOf(':');
        boolean hasPort = colon >= 0 && Values.isDigits(text.substring(colon + 1));
        if (hasPort || Values.isDigits(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a host; the port is an argument of its own, as in: localhost 50007");
        }
        return Values.name(text);
    }

    private static StandardProtocolFamily family(String option) {
        if (option == null) {
            return null;
        }
        return option.equals("ipv4") ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }
}
