package udp.client;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import udp.api.cli.CommandLine;
import udp.api.cli.Option;
import udp.api.cli.Printable;
import udp.api.cli.UsageException;
import udp.api.cli.Values;
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
        int localPort) {
    static final List<String> OPERANDS = List.of("host", "port");

    static final List<Option> OPTIONS = List.of(
            new Option('m', "message", "TEXT", "send this message, not standard input"),
            new Option('w', "timeout", "DURATION", "wait for the first try: 200ms, 1.5s, 2m (default 1s)"),
            new Option('n', "tries", "N", "number of sends, each wait twice the one before (default 3)"),
            new Option('4', "ipv4", null, "use IPv4 only"),
            new Option('6', "ipv6", null, "use IPv6 only"),
            new Option('t', "transport", "NAME", "socket or channel (default channel), or one on the class path"),
            new Option('\0', "local-port", "N", "port to send from, for one message (default: the system's choice)"));

    /** A pure function of what the command line was made of. */
    static ClientConfig of(CommandLine line) {
        if (line.has("ipv4") && line.has("ipv6")) {
            throw new UsageException("-4 and -6 exclude each other");
        }
        Retransmission standard = Retransmission.DEFAULT;
        Duration timeout = line.get("timeout", standard.timeout(), Values::duration);
        int tries = line.get(
                "tries",
                standard.tries(),
                text -> Values.number(text, "a number of tries", 1, Retransmission.MOST_TRIES));
        return new ClientConfig(
                line.get("host", "localhost", text -> text),
                line.get("port", 50007, text -> Values.port(text, 1)),
                line.get("message", null, ClientConfig::decoded),
                new Retransmission(timeout, tries),
                line.has("ipv4") ? StandardProtocolFamily.INET : line.has("ipv6") ? StandardProtocolFamily.INET6 : null,
                line.get("transport", "channel", text -> text),
                line.get("local-port", 0, text -> Values.port(text, 0)));
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

    /** The JVM decodes arguments by the locale and puts U+FFFD where it cannot: the bytes are lost then. */
    private static String decoded(String text) {
        if (text.indexOf('\ufffd') >= 0) {
            throw new IllegalArgumentException(
                    "the message has characters that the locale does not cover; pass it on standard input instead");
        }
        return text;
    }
}
