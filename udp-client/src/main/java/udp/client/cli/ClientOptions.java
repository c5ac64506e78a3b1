package udp.client.cli;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.List;
import udp.client.Resolver;
import udp.client.RetryPolicy;
import udp.internal.cli.CommandLine;
import udp.internal.cli.FaultOptions;
import udp.internal.cli.Option;
import udp.internal.cli.TraceOptions;
import udp.internal.cli.UsageException;
import udp.internal.cli.Values;
import udp.internal.fault.Faults;
import udp.internal.text.Printable;
import udp.internal.trace.Trace;

/**
 * What the command line says: plain values, not looked up yet. Without a message, standard input has them; without a
 * family, both are meant.
 */
public record ClientOptions(
        String host,
        int port,
        String message,
        RetryPolicy retransmission,
        StandardProtocolFamily family,
        String transport,
        int localPort,
        Faults faults) {
    public static final String DEFAULT_TRANSPORT = "channel";
    public static final List<String> OPERANDS = List.of("host", "port");

    private static final List<Option> OWN_OPTIONS = List.of(
            new Option('m', "message", "TEXT", "send this, not standard input"),
            new Option('w', "timeout", "DURATION", "first wait, as 200ms, 1.5s, 2m (default 1s)"),
            new Option('n', "tries", "N", "number of tries, each waits twice as long (default 3)"),
            new Option('4', "ipv4", null, "IPv4 only"),
            new Option('6', "ipv6", null, "IPv6 only"),
            new Option('t', "transport", "NAME", "socket, channel or your own (default channel)"),
            new Option('\0', "local-port", "N", "port to send from, for one message"));

    public static final List<Option> OPTIONS =
            Option.concat(Option.concat(OWN_OPTIONS, FaultOptions.ALL), TraceOptions.ALL);

    /** A pure function of what the command line was made of. */
    public static ClientOptions of(CommandLine line) {
        // a parser is a class that the JVM makes at its first use, so only for what was given: a client starts often
        RetryPolicy standard = RetryPolicy.DEFAULT;
        return new ClientOptions(
                line.has("host") ? line.get("host", null, ClientOptions::host) : "localhost",
                line.has("port") ? line.get("port", null, text -> Values.port(text, 1)) : 50007,
                line.has("message") ? line.get("message", null, Values::message) : null,
                new RetryPolicy(
                        line.has("timeout") ? line.get("timeout", null, Values::duration) : standard.timeout(),
                        line.has("tries") ? line.get("tries", null, ClientOptions::tries) : standard.tries()),
                family(line.oneOf("ipv4", "ipv6")),
                line.has("transport") ? line.get("transport", null, Values::name) : DEFAULT_TRANSPORT,
                line.has("local-port") ? line.get("local-port", null, text -> Values.port(text, 0)) : 0,
                FaultOptions.of(line));
    }

    private static int tries(String text) {
        return Values.number(text, "a number of tries", 1, RetryPolicy.MOST_TRIES);
    }

    /** What is no name of a host but looks up as an address all the same, or names a port too. */
    private static String host(String text) {
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

    public String name() {
        return Printable.endpoint(Printable.line(host), port);
    }

    public List<InetSocketAddress> addresses(Trace trace) {
        try {
            List<InetSocketAddress> all = Resolver.resolve(host, port, family, trace);
            if (all.isEmpty()) {
                throw new UsageException("host '" + host + "' has no address of the family asked for (-4, -6)");
            }
            return all;
        } catch (UnknownHostException e) {
            throw new UsageException("host '" + host + "' does not resolve; check the name, or give an address");
        }
    }
}
