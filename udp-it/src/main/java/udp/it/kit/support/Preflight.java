package udp.it.kit.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.contract.Journal;
import udp.contract.KitAssertions;
import udp.contract.Peer;
import udp.contract.Subprocess;
import udp.internal.cli.UsageException;
import udp.internal.net.Addresses;
import udp.internal.text.Printable;

/** Requires that the checked code starts: if it does not, no rule would tell more. */
public final class Preflight {
    private static final InetAddress LOOPBACK = Addresses.loopback(StandardProtocolFamily.INET);

    private static final Path SOCKETS = Path.of("/proc/net/udp"); // proc_net_udp(5)
    private static final Path SOCKETS_IPV6 = Path.of("/proc/net/udp6");

    private static final int NOTICE_MILLIS = 3000;
    private static final int MAX_STRANGERS = 3;

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

    private static void requireStarts(CommandTemplate command, Callable<Subprocess> start) {
        CompletableFuture<Void> notice = CompletableFuture.runAsync(
                () -> System.err.println("udp-it check: waiting up to " + Subprocess.START_SECONDS
                        + " s for the first datagram of: " + Printable.line(command.command())),
                CompletableFuture.delayedExecutor(NOTICE_MILLIS, TimeUnit.MILLISECONDS));
        try {
            start.call().close();
        } catch (Exception | AssertionError e) {
            throw new UsageException(Printable.failure(e));
        } finally {
            notice.cancel(false); // If it has not begun, it is not given.
        }
    }

    /** Requires that a server replies. */
    public static void requireServes(CommandTemplate command) {
        requireStarts(command, () -> startServer(command, Subprocess.USUAL).process());
    }

    /** Requires that a client, or a pinger, sends a datagram. */
    public static void requireSends(CommandTemplate command) {
        requireStarts(command, () -> startAndAwaitDatagram(command));
    }

    /** Requires that the sender of a file sends a datagram. */
    public static void requireSendsFile(CommandTemplate command) {
        requireStarts(command, () -> {
            Path file = Files.write(Files.createTempFile("udp-it", ".bin"), new byte[1]);
            try {
                return startAndAwaitDatagram(command.withFile(file));
            } finally {
                Files.delete(file);
            }
        });
    }

    private static Subprocess startAndAwaitDatagram(CommandTemplate command) throws Exception {
        try (Peer server = peerFor(command)) {
            Subprocess client = start(command, server, "hello\n", Subprocess.USUAL);
            try {
                server.receiveFirst(
                        "the client to send a datagram to 127.0.0.1:"
                                + server.address().getPort(),
                        client);
                return client;
            } catch (Exception | AssertionError e) {
                client.close();
                throw e;
            }
        }
    }

    /** Returns the server for a client: it has the port that is built into the client, or any. */
    public static Peer peerFor(CommandTemplate command) throws Exception {
        return command.port() == 0 ? Peer.onLoopback() : awaitFree(command.port());
    }

    /** Starts a program that sends to a server and has the sentences as its standard input. */
    public static Subprocess start(
            CommandTemplate command, Peer server, String sentences, Map<String, String> environment)
            throws IOException {
        return command.start(server.address().getPort(), sentences, true, environment);
    }

    /** Returns the sender of a request that begins with a word, or null if the client does not send it. */
    public static InetSocketAddress senderOf(String word, Peer server, Subprocess client) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Subprocess.PATIENCE_SECONDS);
        boolean running;
        do {
            running = client.isRunning();
            Peer.ReceivedDatagram request = server.receive(100);
            if (request != null && new String(request.bytes(), UTF_8).startsWith(word)) {
                return request.sender();
            }
        } while (running && System.nanoTime() < end);
        return null;
    }

    /** A server and the address at which it replied. */
    public record RunningServer(Subprocess process, InetSocketAddress address) {}

    /** Starts a server and waits until it replies, at 127.0.0.1 or at ::1. */
    public static RunningServer startServer(CommandTemplate command, Map<String, String> environment) throws Exception {
        int port = command.port();
        if (port == 0) {
            port = Peer.freePort(LOOPBACK).getPort();
        } else {
            awaitFree(port).close();
        }
        Subprocess server = command.start(port, "", false, environment);
        try (Peer probe = Peer.onLoopback()) {
            long start = System.nanoTime();
            long waited = 0;
            Peer.ReceivedDatagram strange = null; // the last from another port
            int strangers = 0;
            do {
                for (InetAddress host : Peer.loopbacks()) {
                    probe.send("probe", new InetSocketAddress(host, port));
                }
                Peer.ReceivedDatagram reply = probe.receive(Math.min(50 + waited / 10, 500));
                // A server with a new socket for each reply sends again and again. A stranger, who takes the probe for
                // another program, does not, and the server may not even be bound yet.
                if (reply != null && (reply.sender().getPort() == port || ++strangers == MAX_STRANGERS)) {
                    return running(server, reply, port);
                }
                strange = reply == null ? strange : reply;
                waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            } while (server.isRunning() && waited < TimeUnit.SECONDS.toMillis(Subprocess.START_SECONDS));
            if (strange != null && !server.isRunning()) { // It has replied once, and the rules will tell.
                return running(server, strange, port);
            }
            String cause = !server.isRunning()
                    ? ""
                    : "; common cause: not UDP, or a port other than "
                            + (command.port() == 0 ? "{port}" : "that of --port");
            throw KitAssertions.failure("the server to reply on 127.0.0.1:" + port, server.state() + cause);
        } catch (Exception | AssertionError e) {
            server.close();
            throw e;
        }
    }

    private static RunningServer running(Subprocess server, Peer.ReceivedDatagram reply, int port) {
        Journal.forgetDatagrams();
        return new RunningServer(server, new InetSocketAddress(reply.sender().getAddress(), port));
    }

    /** Returns whether a server ends after its first reply, which a new process of it shows. */
    public static boolean endsAfterOneReply(CommandTemplate command) throws Exception {
        Journal.stop();
        RunningServer server;
        try {
            server = startServer(command, Subprocess.USUAL);
        } catch (AssertionError e) {
            return false;
        }
        try (Subprocess process = server.process();
                Peer client = new Peer(server.address().getAddress())) {
            client.send("probe", server.address());
            client.receive("a second reply", process);
            return false;
        } catch (AssertionError e) {
            return !server.process().isRunning();
        }
    }

    /** Waits until nobody has a port, and returns a peer that has it. */
    public static Peer awaitFree(int port) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(KitAssertions.PATIENCE_SECONDS);
        while (true) {
            try {
                return Peer.onLoopback(port);
            } catch (BindException e) {
                KitAssertions.that(
                        System.nanoTime() < end,
                        "port " + port + " to be free",
                        "it was in use: end the program that has it");
                Thread.sleep(10); // No system call waits for a port that another program has.
            }
        }
    }

    /** Waits until a program has its port or has ended, if the system tells of ports that others have: Linux does. */
    public static void awaitBound(int port, Subprocess program) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Subprocess.PATIENCE_SECONDS);
        while (Files.isReadable(SOCKETS) && !isBound(port) && program.isRunning() && System.nanoTime() < end) {
            Thread.sleep(10); // No event tells of a port that another program takes.
        }
    }

    private static boolean isBound(int port) throws IOException {
        String local = String.format(Locale.ROOT, ":%04X", port);
        for (Path table : List.of(SOCKETS, SOCKETS_IPV6)) {
            if (Files.isReadable(table)
                    && Files.readAllLines(table).stream()
                            .anyMatch(line -> line.strip().split(" +")[1].endsWith(local))) {
                return true;
            }
        }
        return false;
    }
}
