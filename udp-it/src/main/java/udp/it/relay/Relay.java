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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import udp.internal.fault.Faults;
import udp.internal.fault.FaultyLink;
import udp.internal.fault.FaultyLink.DelayedDatagram;
import udp.internal.net.Addresses;
import udp.internal.net.SocketBinder;
import udp.internal.net.SocketBuffers;
import udp.internal.net.TimedReceiver;

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
    private static final int MAX_CLIENTS = 1024;
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private final Selector selector;
    private final InetSocketAddress listen;
    private final InetSocketAddress server;
    private final Direction toServer;
    private final Direction toClients;
    private final int maxClients;
    private final long idleNanos;
    private final Map<Client, Upstream> upstreams =
            new LinkedHashMap<>(16, 0.75f, true); // the least recently used comes first
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Addresses.MAX_PAYLOAD);
    private final long start = System.nanoTime();

    /** The address of a client, and the socket that it has asked: its replies leave from there. */
    private record Client(InetSocketAddress address, DatagramChannel front) {}

    /** The socket of one client towards the server. */
    private static final class Upstream {
        final Client client;
        final DatagramChannel channel;
        long lastUse;

        Upstream(Client client, DatagramChannel channel) {
            this.client = client;
            this.channel = channel;
        }
    }

    /** A direction, to the server or to the clients, with counts of its datagrams. */
    private static final class Direction {
        final FaultyLink<Client> link;
        long received;
        long relayed;
        long lost;
        long dropped;

        Direction(Faults faults, long seed) {
            link = new FaultyLink<>(faults, seed);
        }

        /** Returns the counts. The faults lose datagrams; the relay drops what it cannot send. Each duplicate counts. */
        @Override
        public String toString() {
            return "received " + received + ", relayed " + relayed + ", lost " + lost + ", dropped " + dropped;
        }
    }

    /** Binds the address that clients send to; throws an exception if that is not possible. */
    Relay(InetSocketAddress listen, InetSocketAddress server, Faults faults, Consumer<String> warnings)
            throws IOException {
        this(listen, server, faults, warnings, MAX_CLIENTS, IDLE);
    }

    /** Sets limits for a test. A client above the maximum replaces the least recently used client. */
    Relay(
            InetSocketAddress listen,
            InetSocketAddress server,
            Faults faults,
            Consumer<String> warnings,
            int maxClients,
            Duration idle)
            throws IOException {
        this.server = server;
        this.maxClients = maxClients;
        this.idleNanos = idle.toNanos();
        Random seeds = new Random(faults.seed());
        toServer = new Direction(faults, seeds.nextLong());
        toClients = new Direction(faults, seeds.nextLong());
        List<DatagramChannel> fronts = new SocketBinder<>(Relay::bind, Relay::localAddress, warnings).bind(listen, 1);
        this.listen = localAddress(fronts.get(0));
        selector = Selector.open();
        for (DatagramChannel front : fronts) {
            front.register(selector, SelectionKey.OP_READ);
        }
    }

    InetSocketAddress listen() {
        return listen;
    }

    InetSocketAddress server() {
        return server;
    }

    String summary() {
        return "to the server: " + toServer + "; to clients: " + toClients;
    }

    /** Relays until the thread is interrupted. */
    void run() throws IOException {
        while (!Thread.interrupted()) {
            long now = now();
            for (DelayedDatagram<Client> due = toServer.link.poll(now); due != null; due = toServer.link.poll(now)) {
                sendToServer(due);
            }
            for (DelayedDatagram<Client> due = toClients.link.poll(now); due != null; due = toClients.link.poll(now)) {
                send(due, toClients, due.peer().front, due.peer().address);
            }
            closeIdle(now);
            long wait = Math.min(toServer.link.nanosToNext(now), toClients.link.nanosToNext(now));
            // rounded up, because 0 means no limit
            selector.select(this::receive, TimeUnit.NANOSECONDS.toMillis(Math.min(wait, idleNanos) - 1) + 1);
        }
    }

    /** Closes the sockets. Datagrams that are still waiting are lost. */
    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
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
            if (upstream == null ? isForged(sender) : !sender.equals(server)) {
                direction.dropped++;
                return;
            }
            byte[] bytes = new byte[buffer.flip().remaining()];
            buffer.get(bytes);
            Client client = upstream == null ? new Client(sender, channel) : use(upstream).client;
            if (direction.link.enter(bytes, client, now()) == null) {
                direction.lost++;
            }
        } catch (IOException e) {
            direction.dropped++;
            LockSupport.parkNanos(PAUSE_NANOS); // a lasting failure must not keep a CPU busy
        }
    }

    /** Returns whether the source of a request is the server or this relay: a reply to it would go round in circles. */
    private boolean isForged(InetSocketAddress source) {
        return source.equals(server) || isOwn(listen, source);
    }

    private void sendToServer(DelayedDatagram<Client> datagram) {
        try {
            Upstream upstream = upstreams.get(datagram.peer());
            send(datagram, toServer, use(upstream == null ? bindUpstream(datagram.peer()) : upstream).channel, server);
        } catch (IOException e) {
            toServer.dropped++; // no file descriptor or no port is left
        }
    }

    private static void send(
            DelayedDatagram<Client> datagram,
            Direction direction,
            DatagramChannel channel,
            InetSocketAddress destination) {
        ByteBuffer bytes = ByteBuffer.wrap(datagram.bytes());
        try {
            channel.send(bytes, destination);
        } catch (IOException e) {
            direction.dropped++; // for example to port 0, or too large for the other address family
            return;
        }
        if (bytes.hasRemaining()) { // the send buffer is full
            direction.dropped++;
        } else {
            direction.relayed++;
        }
    }

    private Upstream bindUpstream(Client client) throws IOException {
        if (upstreams.size() == maxClients) {
            closeLeastRecentlyUsed();
            selector.selectNow(key -> {}); // frees the file descriptor and the port
        }
        Upstream upstream = new Upstream(client, bind(Addresses.wildcard(Addresses.family(server), 0), false));
        upstream.channel.register(selector, SelectionKey.OP_READ, upstream);
        upstreams.put(client, upstream);
        return upstream;
    }

    private Upstream use(Upstream upstream) {
        upstreams.get(upstream.client); // makes it the most recently used
        upstream.lastUse = now();
        return upstream;
    }

    private void closeIdle(long now) throws IOException {
        while (!upstreams.isEmpty() && now - upstreams.values().iterator().next().lastUse >= idleNanos) {
            closeLeastRecentlyUsed();
        }
    }

    private void closeLeastRecentlyUsed() throws IOException {
        Iterator<Upstream> oldest = upstreams.values().iterator();
        oldest.next().channel.close();
        oldest.remove();
    }

    private static InetSocketAddress localAddress(DatagramChannel channel) {
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
