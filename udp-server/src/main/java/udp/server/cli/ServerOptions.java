package udp.server.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import udp.api.MessageProcessor;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.internal.cli.CommandLine;
import udp.internal.cli.FaultOptions;
import udp.internal.cli.Option;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.TraceOptions;
import udp.internal.cli.UsageException;
import udp.internal.fault.Faults;
import udp.internal.net.Lookup;
import udp.internal.text.Printable;
import udp.internal.trace.Trace;

/** The values of the server's command line, and what they name. */
public record ServerOptions(
        String bind,
        int port,
        String transport,
        String processor,
        int workers,
        int rateLimit,
        boolean verbose,
        boolean jmx,
        Faults faults) {
    static final int DEFAULT_PORT = 50007;
    static final String GIVEN_PROCESSOR = "of the program";

    private static final String LOOK_UP = "InetAddress.getByName";
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";
    private static final int MAX_WORKERS = 256;

    private static final List<Option> OWN_OPTIONS = List.of(
            new Option('b', "bind", "ADDRESS", "address to listen on, 0.0.0.0: all (default 127.0.0.1)"),
            new Option('p', "port", "N", "port to listen on, 0: any free one (default 50007)"),
            new Option('t', "transport", "NAME", "socket, channel or your own (default channel)"),
            new Option('\0', "processor", "NAME", "upper (default), echo, discard, reverse, time, yours"),
            new Option('\0', "workers", "N", "sockets on the port, a thread for each (default 1)"),
            new Option('\0', "rate-limit", "N", "replies a second to each /24 or /64 (default no limit)"),
            new Option('v', "verbose", null, "show the sockets' buffers"),
            new Option('\0', "jmx", null, "show the counters to jconsole"));

    /** The server as a command. */
    public static final Program PROGRAM = new Program(
            "udp-server",
            """
            usage: java -jar udp-server.jar [OPTION]...
            Receives datagrams, hands each to a processor and sends its reply back,
            until Ctrl-C.
            """,
            Option.concat(Option.concat(OWN_OPTIONS, FaultOptions.ALL), TraceOptions.ALL),
            List.of());

    /** Reads the options. A given processor is used unless the command line names another. */
    public static ServerOptions of(CommandLine line, Optional<MessageProcessor> given) {
        return new ServerOptions(
                line.name("bind", "127.0.0.1"),
                line.port("port", 0, DEFAULT_PORT),
                line.name("transport", "channel"),
                line.name("processor", given.isPresent() ? GIVEN_PROCESSOR : "upper"),
                line.number("workers", "a number of workers", 1, MAX_WORKERS, 1),
                line.number("rate-limit", "a number of replies", 1, 1_000_000, 0),
                line.has("verbose"),
                line.has("jmx"),
                FaultOptions.of(line));
    }

    /** Begins the trace that was asked for, and gives each report of the log one line. */
    public Trace startTrace(CommandLine line, Shell shell) {
        if (shell.property(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "udp-server: %5$s%n");
        }
        return TraceOptions.open(line, shell, PROGRAM.name());
    }

    /** Returns what makes a processor for each worker, once it has made a processor without a failure. */
    public Supplier<MessageProcessor> processors(Optional<MessageProcessor> given) {
        if (given.isPresent() && processor.equals(GIVEN_PROCESSOR)) {
            return given::get;
        }
        Supplier<MessageProcessor> processors = () -> Providers.processor(processor);
        UsageException.orRefuse(processors);
        return processors;
    }

    /** Returns what opens the transports, with the faults that were asked for. */
    public TransportProvider provider() {
        return faults.wrap(UsageException.orRefuse(() -> Providers.transport(Role.SERVER, transport)));
    }

    /** Looks up the address to bind to. */
    public InetSocketAddress address(Trace trace) throws UnknownHostException {
        try {
            InetAddress address = Lookup.all(bind, Lookup.LIMIT)[0];
            trace.recordLookup(LOOK_UP, bind, address);
            return new InetSocketAddress(address, port);
        } catch (Lookup.OutageException e) {
            trace.recordLookup(LOOK_UP, bind);
            throw e;
        } catch (UnknownHostException e) {
            trace.recordLookup(LOOK_UP, bind);
            throw new UsageException("the address to bind to, '" + Printable.line(bind) + "', does not resolve");
        }
    }
}
