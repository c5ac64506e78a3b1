package udp.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.api.cli.Printable;
import udp.api.cli.Program;
import udp.api.cli.Shell;
import udp.api.cli.UsageException;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;

/** The server as a program. */
public final class Main {
    private static final Program PROGRAM = new Program("udp-server", """
            usage: java -jar udp-server.jar [OPTION]...
            Receives datagrams, hands each to a processor and sends its answer back,
            until Ctrl-C.
            """, ServerConfig.OPTIONS, List.of());

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
     * @param processor what a request becomes; thread-safe if the server is bound to the wildcard address, since there
     *     is a thread for each address then
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
            ServerConfig config = ServerConfig.of(line);
            boolean named = own == null || line.has("processor");
            Supplier<MessageProcessor> processors = () -> named ? Providers.processor(config.processor()) : own;
            UsageException.orRefuse(processors); // before a port is taken
            List<Transport> transports =
                    open(config).stream().map(config.faults()::around).toList();
            try (Server server = Server.start(transports, processors)) {
                return serve(server, shell, greeting(transports, config, named));
            }
        });
    }

    private static List<Transport> open(ServerConfig config) throws IOException {
        TransportProvider provider =
                UsageException.orRefuse(() -> Providers.transport(Role.SERVER, config.transport()));
        InetSocketAddress address = config.address();
        try {
            return Listener.open(provider, address);
        } catch (IOException e) {
            throw new IOException(
                    "cannot bind " + Printable.address(address) + ": " + Program.text(e)
                            + "; choose another with --port or --bind, or stop the program that has it",
                    e);
        }
    }

    private static String greeting(List<Transport> transports, ServerConfig config, boolean named) {
        InetSocketAddress bound = transports.get(0).localAddress();
        InetAddress asked = config.address().getAddress();
        String scope = "";
        if (asked.isAnyLocalAddress()) {
            scope = transports.stream()
                    .map(transport -> Printable.address(transport.localAddress()))
                    .collect(Collectors.joining(", ", "; that is ", ""));
        } else if (asked.isLoopbackAddress()) {
            String everywhere = asked instanceof Inet6Address ? "::" : "0.0.0.0";
            scope = "; only this host can reach it (for all hosts: --bind " + everywhere + ")";
        }
        return "udp-server: listening on " + Printable.address(new InetSocketAddress(asked, bound.getPort()))
                + ", transport " + config.transport() + ", processor "
                + (named ? config.processor() : "of the program") + scope;
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
            shell.err().println("udp-server: closing failed: " + Printable.line(Program.text(e)));
        }
        shell.out().println("udp-server: " + server.statistics());
        shell.out().flush();
    }
}
