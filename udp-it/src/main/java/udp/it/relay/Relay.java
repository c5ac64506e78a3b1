package udp.it.relay;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import udp.internal.fault.Faults;
import udp.internal.fault.FaultyLink.DelayedDatagram;
import udp.internal.net.Addresses;
import udp.internal.net.SocketBinder;
import udp.internal.net.SocketBuffers;
import udp.internal.net.TimedReceiver;
import udp.internal.text.Printable;
import udp.it.relay.Upstreams.Client;
import udp.it.relay.Upstreams.Limits;
import udp.it.relay.Upstreams.Origin;
import udp.it.relay.Upstreams.Upstream;
import udp.server.guard.Guards;
import udp.server.guard.RateLimit;
import udp.server.statistics.DropReason;

/**
 * A relay between clients and one server, over a network with faults. The n-th datagram in each direction gets the n-th
 * random draw, whichever client sent it. With one client, equal seeds give equal runs; with several, the draws are the
 * same but their assignment to clients depends on timing.
 *
 * <p>Each client has its own socket towards the server. So the server sees as many peers as there are clients, and each
 * reply finds its way back. These sockets are not connected: a connected socket cannot send an empty datagram, and reports
 * an earlier datagram that nobody received as a failure of the next. Used by one thread.
 */
final class Relay implements Closeable {
    /** What a relay of a user has. */
    static final Limits LIMITS = new Limits(10_000, Duration.ofMinutes(1), false, 0);

    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private final Selector selector;
    private final InetSocketAddress listen;
    private final Destination destination;
    private final Consumer<String> warnings;
    private final Direction toServer;
    private final Direction toClients;
    private final Upstreams upstreams;
    private final Recorder recorder;
    private final Guards guards;
    private final long idleNanos;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Addresses.MAX_PAYLOAD);
    private final long start = System.nanoTime();
    private final RelayLoop loop = new RelayLoop();

    /** Binds the address that clients send to; throws an exception if that is not possible. */
    Relay(
            InetSocketAddress listen,
            Destination destination,
            Faults faults,
            Limits limits,
            Consumer<String> warnings,
            Recorder recorder)
            throws IOException {
        this.destination = destination;
        this.warnings = warnings;
        this.recorder = recorder;
        this.idleNanos = limits.idle().toNanos();
        Random seeds = new Random(faults.seed());
        toServer = new Direction('c', faults.fromClients(), seeds.nextLong(), recorder);
        toClients = new Direction('s', faults.fromServer(), seeds.nextLong(), recorder);
        List<DatagramChannel> fronts = new SocketBinder<>(Relay::bind, warnings).bind(listen, 1);
        this.listen = localAddress(fronts.get(0));
        guards = new Guards(fronts.stream().map(Relay::localAddress).collect(Collectors.toSet()), RateLimit.NONE);
        selector = Selector.open();
        for (DatagramChannel front : fronts) {
            front.register(selector, SelectionKey.OP_READ);
            recorder.recordBind(front);
        }
        upstreams = new Upstreams(
                () -> bind(Addresses.wildcard(Addresses.family(server()), 0), false),
                selector,
                limits,
                warnings,
                recorder);
    }

    InetSocketAddress listen() {
        return listen;
    }

    InetSocketAddress server() {
        return destination.address();
    }

    String summary() {
        return "to the server: " + toServer + "; to clients: " + toClients + upstreams.summary();
    }

    /** Relays until the thread is interrupted. */
    void run() throws IOException {
        while (!Thread.interrupted()) {
            long now = now();
            for (DelayedDatagram<Origin> due = toServer.link.poll(now); due != null; due = toServer.link.poll(now)) {
                sendToServer(due);
            }
            for (DelayedDatagram<Origin> due = toClients.link.poll(now); due != null; due = toClients.link.poll(now)) {
                sendToClient(due);
            }
            upstreams.closeIdle(now);
            long wait = Math.min(toServer.link.nanosToNext(now), toClients.link.nanosToNext(now));
            // rounded up, because 0 means no limit
            selector.select(this::receive, TimeUnit.NANOSECONDS.toMillis(Math.min(wait, idleNanos) - 1) + 1);
        }
    }

    /** Closes the sockets. Datagrams that are still waiting are lost. */
    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Upstream upstream) {
                recorder.recordClose(upstream.channel, upstream.server);
            }
            key.channel().close();
        }
        selector.close();
        recorder.close();
    }

    /** Returns whether a datagram to an address reaches the socket that is bound to another. */
    static boolean isOwn(InetSocketAddress bound, InetSocketAddress address) {
        return address.getPort() == bound.getPort()
                && (bound.getAddress().isAnyLocalAddress()
                        ? isOfThisHost(address.getAddress())
                        : bound.getAddress().equals(address.getAddress()));
    }

    private static boolean isOfThisHost(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }

    private void receive(SelectionKey key) {
        Upstream upstream = (Upstream) key.attachment(); // null for a socket that clients send to
        DatagramChannel channel = (DatagramChannel) key.channel();
        Direction direction = upstream == null ? toServer : toClients;
        try {
            InetSocketAddress sender = (InetSocketAddress) channel.receive(buffer.clear());
            if (sender == null) {
                return; // the datagram had a wrong checksum
            }
            direction.received++;
            buffer.flip();
            Client client = upstream == null ? new Client(sender, channel) : upstream.client;
            Object reason = upstream == null
                    ? refusal(client)
                    : upstreams.accepts(sender, upstream) ? null : "not from the server";
            if (reason != null) {
                direction.refuse(reason, channel, sender, buffer);
                return;
            }
            if (upstream != null) {
                noteReply(upstream);
            }
            direction.enter(new Origin(client, sender), now(), channel, buffer);
        } catch (IOException e) {
            direction.drop("receive failed");
            LockSupport.parkNanos(PAUSE_NANOS); // a lasting failure must not keep a CPU busy
        }
    }

    /** Returns why the datagram in the buffer is not for the server, or null. A reply to it would go round in circles. */
    private Object refusal(Client client) {
        if (client.address().equals(server())) {
            return DropReason.SOURCE_REFUSED;
        }
        Object reason = guards.check(client.address(), buffer.duplicate());
        return reason == null && loop.isSuspected(!upstreams.has(client), now()) ? DropReason.LOOP_SUSPECTED : reason;
    }

    private void noteReply(Upstream upstream) {
        long now = now();
        loop.noteReply(now);
        upstreams.use(upstream, now);
        upstream.isWaiting = false;
        destination.noteReply();
    }

    private void sendToServer(DelayedDatagram<Origin> datagram) {
        try {
            InetSocketAddress silent = server();
            if (destination.noteRequest(now())) {
                upstreams.closeAll("server silent"); // The next address may be of the other family.
                warnings.accept(
                        "no reply from " + Printable.address(silent) + "; trying " + Printable.address(server()));
            }
            Upstream upstream = upstreams.of(datagram.peer().client(), server(), now());
            upstream.isWaiting = true;
            toServer.send(datagram, upstream.channel, upstream.server);
        } catch (IOException e) {
            toServer.send(datagram, null, server());
        }
    }

    private void sendToClient(DelayedDatagram<Origin> datagram) {
        Client client = datagram.peer().client();
        InetSocketAddress address = client.address();
        guards.recordReply(address, ByteBuffer.wrap(datagram.bytes()));
        upstreams.follow(datagram.peer(), now());
        toClients.send(datagram, client.front(), address);
    }

    static InetSocketAddress localAddress(DatagramChannel channel) {
        return (InetSocketAddress) channel.socket().getLocalSocketAddress();
    }

    private long now() {
        return System.nanoTime() - start;
    }

    private static DatagramChannel bind(InetSocketAddress address, boolean shared) throws IOException {
        DatagramChannel channel = TimedReceiver.openChannel(Addresses.family(address));
        try {
            SocketBuffers.enlarge(channel); // the kernel must not add its own drops to a burst
            channel.configureBlocking(false);
            if (shared) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            return channel.bind(address);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
