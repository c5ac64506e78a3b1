package udp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.api.spi.TransportProvider;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.text.Printable;
import udp.internal.trace.Trace;
import udp.server.cli.Announcement;
import udp.server.cli.ExitAction;
import udp.server.cli.ServerOptions;
import udp.server.guard.RateLimit;
import udp.server.monitor.Management;

/** The server as a program: reads its options, binds, and serves until Ctrl-C. */
public final class Main {
    private Main() {}

    /**
     * Runs the server and ends the JVM with its exit status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(Shell.system(), Optional.empty(), arguments));
    }

    /**
     * Runs the server with a given processor and ends the JVM with the exit status. {@code --processor} overrides the
     * processor. The method never returns.
     *
     * @param processor makes the replies; thread-safe if the server is bound to the wildcard address or has several
     *     workers, since each socket has a thread
     * @param arguments the command line
     */
    public static void run(MessageProcessor processor, String... arguments) {
        System.exit(run(Shell.system(), Optional.of(processor), arguments));
    }

    static int run(Shell shell, Optional<MessageProcessor> given, String... arguments) {
        return ServerOptions.PROGRAM.run(shell, List.of(arguments), line -> {
            ServerOptions options = ServerOptions.of(line, given);
            Supplier<MessageProcessor> processors = options.processors(given);
            TransportProvider provider = options.provider();
            try (Trace trace = options.startTrace(line, shell)) {
                ServerSockets sockets =
                        new ServerSockets(trace.wrap(provider), options.workers(), Announcement.warnings(shell));
                InetSocketAddress address = options.address(trace);
                List<Transport> transports = Announcement.orExplain(address, () -> sockets.bind(address));
                String greeting = Announcement.greeting(options, address, transports);
                try (Server server = Server.start(
                        transports,
                        sockets,
                        () -> trace.wrapProcessor(processors.get()),
                        RateLimit.of(options.rateLimit()))) {
                    return serve(server, options, shell, greeting);
                }
            }
        });
    }

    /** Waits for the end of the server. SIGTERM and Ctrl-C run the exit action in another thread. */
    private static int serve(Server server, ServerOptions options, Shell shell, String greeting) throws IOException {
        if (options.jmx()) {
            Management.register(server.localAddress().getPort(), server::statistics, server::kernelDrops);
        }
        try (ExitAction exit = ExitAction.register(() -> end(server, shell))) {
            if (exit.isPending()) {
                Announcement.print(shell, greeting);
                server.await();
            }
        } catch (InterruptedException e) {
            // Whoever runs this thread asks it to end.
        }
        return Program.DONE;
    }

    private static void end(Server server, Shell shell) {
        try {
            server.close();
        } catch (IOException | RuntimeException | Error e) {
            shell.err().println("udp-server: closing failed: " + Printable.line(Printable.failure(e)));
        }
        Announcement.printLast(shell, Announcement.summary(server.statistics(), server.kernelDrops()));
    }
}
