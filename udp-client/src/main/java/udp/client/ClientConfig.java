package udp.client;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import udp.api.cli.CommandLine;
import udp.api.cli.FaultOptions;
import udp.api.cli.Option;
import udp.api.cli.Printable;
import udp.api.cli.UsageException;
import udp.api.cli.Values;
import udp.api.spi.Faults;
import udp.api.spi.TransportConfig;

/**
 * What the command line says: plain values, not looked up yet. Without a message, standard input has them; without a
 * family, both are meant.
 */
record ClientConfig(
        String host,
        int port,
        String message,
        Retransmission retransmission,
        StandardProtocolFamily family,
        String transport,
        int localPort,
        Faults faults) {
    static final List<String> OPERANDS = List.of("host", "port");

    private static final List<Option> OWN_OPTIONS = List.of(
            new Option('m', "message", "TEXT", "send this, not standard input"),
            new Option('w', "timeout", "DURATION", "first wait, as 200ms, 1.5s, 2m (default 1s)"),
            new Option('n', "tries", "N", "number of tries, each waits twice as long (default 3)"),
            new Option('4', "ipv4", null, "IPv4 only"),
            new Option('6', "ipv6", null, "IPv6 only"),
            new Option('t', "transport", "NAME", "socket, channel or your own (default channel)"),
            new Option('\0', "local-port", "N", "port to send from, for one message"));

    static final List<Option> OPTIONS =
            Stream.concat(OWN_OPTIONS.stream(), FaultOptions.ALL.stream()).toList();

    /** A pure function of what the command line was made of. */
    static ClientConfig of(CommandLine line) {
        Retransmission standard = Retransmission.DEFAULT;
        Duration timeout = line.get("timeout", standard.timeout(), Values::duration);
        int tries = line.get(
                "tries",
                standard.tries(),
                text -> Values.number(text, "a number of tries", 1, Retransmission.MOST_TRIES));
        return new ClientConfig(
                line.get("host", "localhost", ClientConfig::host),
                line.get("port", 50007, text -> Values.port(text, 1)),
                line.get("message", null, Values::message),
                new Retransmission(timeout, tries),
                family(line.oneOf("ipv4", "ipv6")),
                line.get("transport", "channel", Values::name),
                line.get("local-port", 0, text -> Values.port(text, 0)),
                FaultOptions.of(line));
    }

    /** What is no name of a host but looks up as an address all the same, or names a port too. */
    private static String host(String text) {
        if (text.matches("[0-9]+|[^:]*:[0-9]+")) {
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

    String name() {
        return Printable.endpoint(Printable.line(host), port);
    }

    List<InetSocketAddress> addresses() {
        try {
            List<InetSocketAddress> all = Resolver.resolve(host, port).stream()
                    .filter(address -> family == null || TransportConfig.family(address) == family)
                    .toList();
            if (all.isEmpty()) {
                throw new UsageException("host '" + host + "' has no address of the family asked for (-4, -6)");
            }
            return all;
        } catch (UnknownHostException e) {
            throw new UsageException("host '" + host + "' does not resolve; check the name, or give an address");
        }
    }
}
