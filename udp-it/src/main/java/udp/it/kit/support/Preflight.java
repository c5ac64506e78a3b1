package udp.it.kit.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.contract.KitAssertions;
import udp.contract.Peer;
import udp.contract.Subprocess;
import udp.internal.cli.UsageException;
import udp.internal.net.Addresses;
import udp.internal.text.Printable;

/** Requires that the checked code starts: if it does not, no rule would tell more. */
public final class Preflight {
    private static final InetAddress LOOPBACK = Addresses.loopback(StandardProtocolFamily.INET);

    private Preflight() {}

    /** Requires that a provider opens a transport. */
    public static void requireOpens(TransportProvider provider) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            Transport opened = KitAssertions.within("open to return", () -> provider.open(TransportConfig.bind(any)));
            KitAssertions.that(
                    opened != null && provider.role() != null,
                    "a transport and a role",
                    "null for the transport or the role");
            closeOrGoOn(opened);
        } catch (Exception | Error e) {
            throw new UsageException(provider.getClass().getName() + " opens no transport: "
                    + (e instanceof AssertionError ? Printable.failure(e) : KitAssertions.named(e)));
        }
    }

    /** Closes a transport, and gives up if that hangs: the rules of closing tell. */
    private static void closeOrGoOn(Transport opened) throws Exception {
        FutureTask<Void> closing = KitAssertions.inThread(() -> {
            opened.close();
            return null;
        });
        try {
            closing.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // The rules of closing will fail.
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    private static void requireStarts(Callable<Subprocess> start) {
        try {
            start.call().close();
        } catch (Exception | AssertionError e) {
            throw new UsageException(Printable.failure(e));
        }
    }

    /** Requires that a server replies. */
    public static void requireServes(String command) {
        requireStarts(() -> startServer(command, Peer.freePort(LOOPBACK), Subprocess.USUAL));
    }

    /** Requires that a client, or a pinger, sends a datagram. */
    public static void requireSends(String command) {
        requireStarts(() -> startAndAwaitDatagram(command));
    }

    /** Requires that the sender of a file sends a datagram. */
    public static void requireSendsFile(String command) {
        requireStarts(() -> {
            Path file = Files.write(Files.createTempFile("udp-it", ".bin"), new byte[1]);
            try {
                return startAndAwaitDatagram(command.replace("{file}", "'" + file + "'"));
            } finally {
                Files.delete(file);
            }
        });
    }

    private static Subprocess startAndAwaitDatagram(String command) throws Exception {
        try (Peer server = new Peer(LOOPBACK)) {
            Subprocess client = start(command, server, "hello\n", Subprocess.USUAL);
            try {
                server.receive("the client to send a datagram", client);
                return client;
            } catch (Exception | AssertionError e) {
                client.close();
                throw e;
            }
        }
    }

    /** Starts a program that sends to a server and has the input as its standard input. */
    public static Subprocess start(String command, Peer server, String input, Map<String, String> environment)
            throws Exception {
        return Subprocess.start(
                CommandTemplate.words(command, server.address().getPort()), input.getBytes(UTF_8), environment);
    }

    /** Starts a server and waits until it replies. */
    public static Subprocess startServer(String command, InetSocketAddress address, Map<String, String> environment)
            throws Exception {
        Subprocess server =
                Subprocess.start(CommandTemplate.words(command, address.getPort()), new byte[0], environment);
        try (Peer probe = new Peer(LOOPBACK)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Subprocess.PATIENCE_SECONDS);
            do {
                probe.send("probe", address);
                if (probe.receive(50) != null) {
                    return server;
                }
            } while (server.isRunning() && System.nanoTime() < end);
            String cause = server.isRunning() ? "; common cause: not UDP, or a port other than {port}" : "";
            throw KitAssertions.failure(
                    "the server to reply on 127.0.0.1:" + address.getPort(), server.state() + cause);
        } catch (Exception | AssertionError e) {
            server.close();
            throw e;
        }
    }
}
