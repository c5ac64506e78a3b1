package udp.it;

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
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import udp.internal.fault.Faults;
import udp.internal.fault.FaultyLink;
import udp.internal.fault.FaultyLink.Datagram;
import udp.internal.net.Addresses;
import udp.internal.net.TimedReceiver;

/**
 * Passes datagrams on between clients and one server, over a network with faults that all of them share: what happens to
 * a datagram depends on its number in its direction, whosever it is. So one client at a time that sends the same meets
 * the same in every run with the same seed. Several at a time meet the same fates in the same order, and which of them
 * is first at each decides whose it is.
 *
 * <p>Each client has a socket of its own towards the server, so that replies find their way back and the server sees as
 * many peers as there are. It is not connected: it could not send an empty datagram, and one that nobody listened to
 * would cost the next. One thread.
 */
final class Relay implements Closeable {
    private static final int MOST_CLIENTS = 1024;
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();
    private static final int BUFFER_BYTES = 4 << 20; // a burst that the kernel drops is not a fault that was asked for

    private final Selector selector;
    private final DatagramChannel front;
    private final InetSocketAddress listen;
    private final InetSocketAddress server;
    private final Direction toServer;
    private final Direction toClients;
    private final int mostClients;
    private final long idleNanos;
    private final Map<InetSocketAddress, Upstream> upstreams =
            new LinkedHashMap<>(16, 0.75f, true); // by client, the one unused for longest first
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Addresses.MAX_PAYLOAD);
    private final long start = System.nanoTime();

    /** A client's socket towards the server. */
    private static final class Upstream {
        final InetSocketAddress client;
        final DatagramChannel channel;
        long used;

        Upstream(InetSocketAddress client, DatagramChannel channel) {
            this.client = client;
            this.channel = channel;
        }
    }

    /** To the server or to the clients, and what became of its datagrams. */
    private static final class Direction {
        final FaultyLink link;
        long received;
        long relayed;
        long lost;
        long dropped;

        Direction(Faults faults, long seed) {
            link = new FaultyLink(faults, seed);
        }

        /** Lost is what the faults took, dropped what could not be passed on; of a double each counts. */
        @Override
        public String toString() {
            return "received " + received + ", relayed " + relayed + ", lost " + lost + ", dropped " + dropped;
        }
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address cannot be bound
     */
    Relay(InetSocketAddress listen, InetSocketAddress server, Faults faults) throws IOException {
        this(listen, server, faults, MOST_CLIENTS, IDLE);
    }

    /** Of the clients beyond the most, the one unused for longest gives way. */
    Relay(InetSocketAddress listen, InetSocketAddress server, Faults faults, int mostClients, Duration idle)
            throws IOException {
        this.server = server;
        this.mostClients = mostClients;
        this.idleNanos = idle.toNanos();
        Random seeds = new Random(faults.seed());
        toServer = new Direction(faults, seeds.nextLong());
        toClients = new Direction(faults, seeds.nextLong());
        front = bind(listen);
        this.listen = (InetSocketAddress) front.getLocalAddress();
        selector = Selector.open();
        front.register(selector, SelectionKey.OP_READ);
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

    /** Returns once the thread is interrupted. */
    void run() throws IOException {
        while (!Thread.interrupted()) {
            long now = now();
            for (Datagram due = toServer.link.poll(now); due != null; due = toServer.link.poll(now)) {
                sendToServer(due);
            }
            for (Datagram due = toClients.link.poll(now); due != null; due = toClients.link.poll(now)) {
                send(due, toClients, front, due.peer());
            }
            closeIdle(now);
            long wait = Math.min(toServer.link.nanosToNext(now), toClients.link.nanosToNext(now));
            // rounded up, as 0 would be for ever
            selector.select(this::receive, TimeUnit.NANOSECONDS.toMillis(Math.min(wait, idleNanos) - 1) + 1);
        }
    }

    /** Closes the sockets; what is on its way is lost. */
    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    /** Whether what is sent to an address arrives where a socket is bound. */
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
        Upstream upstream = (Upstream) key.attachment(); // none: it is the front
        Direction direction = upstream == null ? toServer : toClients;
        try {
            InetSocketAddress sender = (InetSocketAddress) ((DatagramChannel) key.channel()).receive(buffer.clear());
            if (sender == null) {
                return; // its checksum was wrong
            }
            direction.received++;
            if (upstream == null ? isForged(sender) : !sender.equals(server)) {
                direction.dropped++;
                return;
            }
            byte[] bytes = new byte[buffer.flip().remaining()];
            buffer.get(bytes);
            if (direction.link.enter(bytes, upstream == null ? sender : use(upstream).client, now()) == null) {
                direction.lost++;
            }
        } catch (IOException e) {
            direction.dropped++;
            LockSupport.parkNanos(PAUSE_NANOS); // a failure that lasts must not take all of a processor
        }
    }

    /** A reply to one of these would come back here, or be taken for a request by the server: and so on for ever. */
    private boolean isForged(InetSocketAddress source) {
        return source.equals(server) || isOwn(listen, source);
    }

    private void sendToServer(Datagram datagram) {
        try {
            Upstream upstream = upstreams.get(datagram.peer());
            send(datagram, toServer, use(upstream == null ? open(datagram.peer()) : upstream).channel, server);
        } catch (IOException e) {
            toServer.dropped++; // out of descriptors, or of ports
        }
    }

    private static void send(
            Datagram datagram, Direction direction, DatagramChannel channel, InetSocketAddress destination) {
        ByteBuffer bytes = ByteBuffer.wrap(datagram.bytes());
        try {
            channel.send(bytes, destination);
        } catch (IOException e) {
            direction.dropped++; // such as to port 0, or too large for the other family
            return;
        }
        if (bytes.hasRemaining()) { // the send buffer is full
            direction.dropped++;
        } else {
            direction.relayed++;
        }
    }

    private Upstream open(InetSocketAddress client) throws IOException {
        if (upstreams.size() == mostClients) {
            closeEldest();
            selector.selectNow(key -> {}); // only then are its descriptor and its port free
        }
        Upstream upstream = new Upstream(client, bind(Addresses.wildcard(Addresses.family(server), 0)));
        upstream.channel.register(selector, SelectionKey.OP_READ, upstream);
        upstreams.put(client, upstream);
        return upstream;
    }

    private Upstream use(Upstream upstream) {
        upstreams.get(upstream.client); // which makes it the latest
        upstream.used = now();
        return upstream;
    }

    private void closeIdle(long now) throws IOException {
        while (!upstreams.isEmpty() && now - upstreams.values().iterator().next().used >= idleNanos) {
            closeEldest();
        }
    }

    private void closeEldest() throws IOException {
        Iterator<Upstream> eldest = upstreams.values().iterator();
        eldest.next().channel.close();
        eldest.remove();
    }

    private long now() {
        return System.nanoTime() - start;
    }

    private static DatagramChannel bind(InetSocketAddress address) throws IOException {
        DatagramChannel channel = TimedReceiver.openChannel(Addresses.family(address));
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.configureBlocking(false);
            return channel.bind(address);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
