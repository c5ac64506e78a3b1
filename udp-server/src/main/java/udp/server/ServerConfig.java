package udp.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import udp.api.cli.CommandLine;
import udp.api.cli.FaultOptions;
import udp.api.cli.Option;
import udp.api.cli.Printable;
import udp.api.cli.UsageException;
import udp.api.cli.Values;
import udp.api.spi.Faults;

/** What the command line says: plain values, not looked up yet. */
record ServerConfig(String bind, int port, String transport, String processor, Faults faults) {
    static final int DEFAULT_PORT = 50007;
    static final String DEFAULT_PROCESSOR = "upper";

    private static final List<Option> OWN_OPTIONS = List.of(
            new Option('b', "bind", "ADDRESS", "address to listen on, 0.0.0.0: all (default 127.0.0.1)"),
            new Option('p', "port", "N", "port to listen on, 0: any free one (default 50007)"),
            new Option('t', "transport", "NAME", "socket, channel or your own (default channel)"),
            new Option('\0', "processor", "NAME", "upper (default), echo, discard, reverse, time, yours"));

    static final List<Option> OPTIONS =
            Stream.concat(OWN_OPTIONS.stream(), FaultOptions.ALL.stream()).toList();

    /** A pure function of what the command line was made of. */
    static ServerConfig of(CommandLine line) {
        return new ServerConfig(
                line.get("bind", "127.0.0.1", Values::name),
                line.get("port", DEFAULT_PORT, text -> Values.port(text, 0)),
                line.get("transport", "channel", Values::name),
                line.get("processor", DEFAULT_PROCESSOR, Values::name),
                FaultOptions.of(line));
    }

    InetSocketAddress address() {
        try {
            return new InetSocketAddress(InetAddress.getByName(bind), port);
        } catch (UnknownHostException e) {
            throw new UsageException("the address to bind to, '" + Printable.line(bind) + "', does not resolve");
        }
    }
}
