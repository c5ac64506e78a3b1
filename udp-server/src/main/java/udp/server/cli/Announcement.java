package udp.server.cli;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import udp.api.Transport;
import udp.internal.cli.LossyOutput;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;
import udp.server.statistics.Statistics;

/** What the server says on standard output at its start and its end, and what it says if it cannot bind. */
public final class Announcement {
    private Announcement() {}

    /** Prints an announcement at once, so that a program that waits for it sees it. */
    public static void print(Shell shell, String announcement) {
        shell.out().println(announcement);
        shell.out().flush();
    }

    /** Returns where a warning goes: to standard error, so that who reads the greeting still finds it first. */
    public static Consumer<String> warnings(Shell shell) {
        return warning -> shell.err().println("udp-server: " + warning);
    }

    /** Prints the last announcement, unless standard output is a pipe that nobody reads. */
    public static void printLast(Shell shell, String announcement) {
        LossyOutput.around(shell.out()).println(announcement);
        LossyOutput.awaitAll();
    }

    /** Returns where the server listens, with what, and who can reach it. */
    public static String greeting(ServerOptions options, InetSocketAddress asked, List<Transport> transports) {
        int port = transports.get(0).localAddress().getPort();
        return "udp-server: listening on " + Printable.address(new InetSocketAddress(asked.getAddress(), port))
                + ", transport " + options.transport()
                + ", processor " + options.processor()
                + (options.workers() == 1 ? "" : ", workers " + options.workers())
                + scope(asked.getAddress(), transports)
                + (options.verbose() ? sockets(transports) : "");
    }

    /** Returns what became of the requests. */
    public static String summary(Statistics statistics, OptionalLong kernelDrops) {
        return "udp-server: " + statistics
                + (kernelDrops.isPresent() ? ", dropped by the kernel " + kernelDrops.getAsLong() : "");
    }

    /** A call that binds sockets. */
    @FunctionalInterface
    public interface Bind {
        /** Binds, and returns what is bound. */
        List<Transport> bind() throws IOException;
    }

    /** Binds, or says what failed, at which address, and what to do. */
    public static List<Transport> orExplain(InetSocketAddress address, Bind bind) throws IOException {
        try {
            return bind.bind();
        } catch (IOException | UnsupportedOperationException e) {
            if (e instanceof UnsupportedOperationException
                    && Printable.failure(e).contains("SO_REUSEPORT")) {
                throw new UsageException("--workers: this system does not let sockets share a port");
            }
            String failure = Printable.failure(e);
            boolean isFull = failure.contains("Too many open files"); // No other address or port would help.
            throw new IOException(
                    "cannot bind " + Printable.address(address) + ": " + failure
                            + (isFull ? "" : "; choose another with --port or --bind, or stop the program that has it"),
                    e);
        }
    }

    private static String scope(InetAddress asked, List<Transport> transports) {
        if (asked.isAnyLocalAddress()) {
            List<String> each = transports.stream()
                    .map(Transport::localAddress)
                    .filter(bound -> !bound.getAddress().isAnyLocalAddress())
                    .map(Printable::address)
                    .distinct() // workers share an address
                    .toList();
            boolean all = transports.get(0).localAddress().getAddress().isAnyLocalAddress();
            return each.isEmpty() ? "" : "; that is " + String.join(", ", each) + (all ? ", and any other" : "");
        }
        String everywhere = asked instanceof Inet6Address ? "::" : "0.0.0.0";
        return asked.isLoopbackAddress()
                ? "; only this host can reach it (for all hosts: --bind " + everywhere + ")"
                : "";
    }

    private static String sockets(List<Transport> transports) {
        return transports.stream()
                .map(transport -> "\nudp-server: " + Printable.line(transport.toString()))
                .collect(Collectors.joining());
    }
}
