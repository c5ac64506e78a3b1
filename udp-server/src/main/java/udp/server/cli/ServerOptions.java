package udp.server.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import udp.internal.cli.CommandLine;
import udp.internal.cli.FaultOptions;
import udp.internal.cli.Option;
import udp.internal.cli.TraceOptions;
import udp.internal.cli.UsageException;
import udp.internal.cli.Values;
import udp.internal.fault.Faults;
import udp.internal.text.Printable;
import udp.internal.trace.Trace;

/** What the command line says: plain values, not looked up yet. */
public record ServerOptions(
        String bind,
        int port,
        String transport,
        String processor,
        int workers,
        int rateLimit,
        boolean verbose,
        Faults faults) {
    public static final int DEFAULT_PORT = 50007;
    public static final String DEFAULT_TRANSPORT = "channel";
    public static final String DEFAULT_PROCESSOR = "upper";

    private static final String LOOK_UP = "InetAddress.getByName";
    private static final int MOST_WORKERS = 256;

    private static final List<Option> OWN_OPTIONS = List.of(
            new Option('b', "bind", "ADDRESS", "address to listen on, 0.0.0.0: all (default 127.0.0.1)"),
            new Option('p', "port", "N", "port to listen on, 0: any free one (default 50007)"),
            new Option('t', "transport", "NAME", "socket, channel or your own (default channel)"),
            new Option('\0', "processor", "NAME", "upper (default), echo, discard, reverse, time, yours"),
            new Option('\0', "workers", "N", "sockets on the port, a thread for each (default 1)"),
            new Option('\0', "rate-limit", "N", "answers a second to each /24 or /64 (default no limit)"),
            new Option('v', "verbose", null, "show the sockets' buffers"),
            new Option('\0', "jmx", null, "show the counters to jconsole"));

    public static final List<Option> OPTIONS =
            Option.concat(Option.concat(OWN_OPTIONS, FaultOptions.ALL), TraceOptions.ALL);

    /** A pure function of what the command line was made of. */
    public static ServerOptions of(CommandLine line) {
        return new ServerOptions(
                line.get("bind", "127.0.0.1", Values::name),
                line.get("port", DEFAULT_PORT, text -> Values.port(text, 0)),
                line.get("transport", DEFAULT_TRANSPORT, Values::name),
                line.get("processor", DEFAULT_PROCESSOR, Values::name),
                line.get("workers", 1, text -> Values.number(text, "a number of workers", 1, MOST_WORKERS)),
                line.get("rate-limit", 0, text -> Values.number(text, "a number of answers", 1, 1_000_000)),
                line.has("verbose"),
                FaultOptions.of(line));
    }

    public InetSocketAddress address(Trace trace) {
        try {
            InetAddress address = InetAddress.getByName(bind);
            trace.lookedUp(LOOK_UP, bind, address);
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            trace.lookedUp(LOOK_UP, bind);
            throw new UsageException("the address to bind to, '" + Printable.line(bind) + "', does not resolve");
        }
    }
}
