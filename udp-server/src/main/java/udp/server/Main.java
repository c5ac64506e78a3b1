package udp.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.TraceOptions;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;
import udp.internal.trace.Trace;
import udp.server.cli.ServerOptions;
import udp.server.guard.RateLimit;
import udp.server.monitor.Management;
import udp.server.processor.UpperProcessor;

/** The server as a program. */
public final class Main {
    private static final Program PROGRAM = new Program("udp-server", """
            usage: java -jar udp-server.jar [OPTION]...
            Receives datagrams, hands each to a processor and sends its answer back,
            until Ctrl-C.
            """, ServerOptions.OPTIONS, List.of());

    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    private Main() {}

    /**
     * Runs the server and ends the JVM with its exit status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(Shell.system(), null, arguments));
    }

    /**
     * Runs the server with a processor of one's own, which {@code --processor} overrides, and ends the JVM with its exit
     * status; it never returns.
     *
     * @param processor what a request becomes; thread-safe if the server is bound to the wildcard address or has
     *     several workers, since there is a thread for each then
     * @param arguments the command line
     */
    public static void run(MessageProcessor processor, String... arguments) {
        System.exit(run(Shell.system(), Objects.requireNonNull(processor), arguments));
    }

    static int run(Shell shell, MessageProcessor own, String... arguments) {
        if (shell.property().apply(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "udp-server: %5$s%n"); // one line for each report
        }
        return PROGRAM.run(shell, List.of(arguments), line -> {
            ServerOptions config = ServerOptions.of(line);
            boolean named = own == null || line.has("processor");
            Supplier<MessageProcessor> processors = () -> named ? processor(config.processor()) : own;
            UsageException.orRefuse(processors); // before a port is taken
            TransportProvider provider = UsageException.orRefuse(() -> provider(config.transport()));
            try (Trace trace = TraceOptions.open(line, shell, PROGRAM.name())) {
                InetSocketAddress address = config.address(trace);
                ServerSockets listener =
                        new ServerSockets(trace.around(config.faults().around(provider)), config.workers());
                List<Transport> transports = open(listener, address);
                String greeting = greeting(transports, config, address.getAddress(), named);
                try (Server server = Server.start(
                        transports,
                        listener::reopen,
                        () -> trace.processing(processors.get()),
                        config.rateLimit() == 0 ? RateLimit.NONE : new RateLimit(config.rateLimit()))) {
                    if (line.has("jmx")) {
                        Management.register(server);
                    }
                    return serve(server, shell, greeting);
                }
            }
        });
    }

    /** To look for others than the default takes time and two megabytes. */
    private static TransportProvider provider(String name) {
        return name.equals(ServerOptions.DEFAULT_TRANSPORT)
                ? new ChannelServerProvider()
                : Providers.transport(Role.SERVER, name);
    }

    private static MessageProcessor processor(String name) {
        return name.equals(ServerOptions.DEFAULT_PROCESSOR) ? new UpperProcessor() : Providers.processor(name);
    }

    private static List<Transport> open(ServerSockets listener, InetSocketAddress address) throws IOException {
        try {
            return listener.open(address);
        } catch (UnsupportedOperationException e) {
            throw new UsageException("--workers: this system does not let sockets share a port");
        } catch (IOException e) {
            throw new IOException(
                    "cannot bind " + Printable.address(address) + ": " + Printable.failure(e)
                            + "; choose another with --port or --bind, or stop the program that has it",
                    e);
        }
    }

    private static String greeting(List<Transport> transports, ServerOptions config, InetAddress asked, boolean named) {
        InetSocketAddress bound = transports.get(0).localAddress();
        String scope = "";
        if (asked.isAnyLocalAddress()) {
            scope = transports.stream()
                    .map(transport -> Printable.address(transport.localAddress()))
                    .distinct() // it may have several workers
                    .collect(Collectors.joining(", ", "; that is ", ""));
        } else if (asked.isLoopbackAddress()) {
            String everywhere = asked instanceof Inet6Address ? "::" : "0.0.0.0";
            scope = "; only this host can reach it (for all hosts: --bind " + everywhere + ")";
        }
        return "udp-server: listening on " + Printable.address(new InetSocketAddress(asked, bound.getPort()))
                + ", transport " + config.transport() + ", processor "
                + (named ? config.processor() : "of the program")
                + (config.workers() == 1 ? "" : ", workers " + config.workers()) + scope
                + (config.verbose() ? sockets(transports) : "");
    }

    private static String sockets(List<Transport> transports) {
        return transports.stream()
                .map(transport -> "\nudp-server: " + Printable.line(transport.toString()))
                .collect(Collectors.joining());
    }

    /** Returns when the server has failed or this thread is interrupted; ends with the JVM on SIGTERM or Ctrl-C. */
    private static int serve(Server server, Shell shell, String greeting) throws IOException {
        Thread atExit = new Thread(() -> end(server, shell), "udp-server exit");
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return Program.DONE; // the JVM is ending already
        }
        shell.out().println(greeting);
        shell.out().flush();
        try {
            server.await();
        } catch (InterruptedException e) {
            // whoever embeds the program asks it to end
        } finally {
            if (isRemoved(atExit)) {
                end(server, shell);
            }
        }
        return Program.DONE;
    }

    private static boolean isRemoved(Thread atExit) {
        try {
            return Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return false; // the JVM is ending: the hook has been started
        }
    }

    private static void end(Server server, Shell shell) {
        try {
            server.close();
        } catch (IOException e) {
            shell.err().println("udp-server: closing failed: " + Printable.line(Printable.failure(e)));
        }
        OptionalLong kernelDrops = server.kernelDrops();
        shell.out()
                .println("udp-server: " + server.statistics()
                        + (kernelDrops.isPresent() ? ", dropped by the kernel " + kernelDrops.getAsLong() : ""));
        shell.out().flush();
    }
}
