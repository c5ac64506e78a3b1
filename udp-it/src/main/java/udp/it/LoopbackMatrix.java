package udp.it;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.util.Locale;
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.client.Client;
import udp.client.RetryPolicy;
import udp.internal.net.Addresses;
import udp.internal.text.Printable;
import udp.server.Server;

/** The exchange over loopback of every client transport with every server transport, over IPv4 and IPv6. */
final class LoopbackMatrix {
    private static final String ROW = "%-6s  %-9s  %-9s  %9s  %s%n";

    private final PrintStream out;
    private final String sentence;
    private boolean hasRun;
    private boolean failed;

    LoopbackMatrix(PrintStream out, String sentence) {
        this.out = out;
        this.sentence = sentence;
    }

    /** Prints a table, and returns whether every reply was right. A family that this host lacks does not count. */
    boolean run() throws IOException {
        out.println("request: " + Printable.line(sentence));
        out.printf(Locale.ROOT, ROW, "family", "client", "server", "time", "reply");
        run("IPv4", Addresses.loopback(StandardProtocolFamily.INET));
        run("IPv6", Addresses.loopback(StandardProtocolFamily.INET6));
        return hasRun && !failed;
    }

    private void run(String family, InetAddress address) throws IOException {
        for (TransportProvider server : Providers.transports(Role.SERVER)) {
            Transport transport;
            try {
                transport = server.open(TransportConfig.bind(new InetSocketAddress(address, 0)));
            } catch (SocketException | UnsupportedOperationException e) {
                out.println(family + "    not on this host: " + Printable.failure(e));
                return;
            }
            try (Server running = Server.start(transport, Providers.processor("upper"))) {
                for (TransportProvider client : Providers.transports(Role.CLIENT)) {
                    exchange(family, client, server, running.localAddress());
                }
            }
        }
    }

    private void exchange(String family, TransportProvider client, TransportProvider server, InetSocketAddress address)
            throws IOException {
        long start = System.nanoTime();
        String reply;
        hasRun = true;
        try (Client asking =
                Client.of(address.getAddress().getHostAddress(), address.getPort(), client, RetryPolicy.DEFAULT)) {
            reply = asking.ask(sentence);
            failed |= !reply.equals(sentence.toUpperCase(Locale.ROOT));
        } catch (IOException e) {
            reply = Printable.failure(e);
            failed = true;
        }
        String time = String.format(Locale.ROOT, "%.2f ms", (System.nanoTime() - start) / 1e6);
        out.printf(Locale.ROOT, ROW, family, client.name(), server.name(), time, Printable.line(reply));
    }
}
