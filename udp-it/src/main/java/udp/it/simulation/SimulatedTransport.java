package udp.it.simulation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import udp.api.Transport;
import udp.api.spi.TransportProvider.Role;
import udp.internal.net.Addresses;

/** A socket on a simulated network. It keeps the rules of {@link Transport}, in virtual time. */
final class SimulatedTransport implements Transport {
    /** Tells a server without a thread that nothing more is there. Its loop ends, and goes on when something comes. */
    private static final class NothingMoreException extends ClosedChannelException {
        private static final long serialVersionUID = 1;

        @Override
        public Throwable fillInStackTrace() {
            return this; // It is thrown for each request.
        }
    }

    private static final NothingMoreException NOTHING_MORE = new NothingMoreException();

    final SimulatedHost host;
    final InetSocketAddress endpoint; // It has the address of the host, also if the socket is bound to the wildcard.
    final InetSocketAddress remote; // null unless it is connected
    private final SimulatedNetwork network;
    private final InetSocketAddress local;
    private final Queue<Datagram> arrived = new ArrayDeque<>();
    private Runnable server; // null if a thread waits in receive
    private boolean isRefused;
    private boolean closed;

    SimulatedTransport(
            SimulatedHost host, InetSocketAddress local, InetSocketAddress endpoint, InetSocketAddress remote) {
        this.host = host;
        this.network = host.network;
        this.local = local;
        this.endpoint = endpoint;
        this.remote = remote;
    }

    /** Calls a server whenever a datagram has arrived. The server receives what is there, and never waits. */
    void serveWith(Runnable arrival) {
        server = arrival;
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer) throws IOException {
        return receive(buffer, SimulatedNetwork.FOREVER);
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("negative timeout: " + timeout);
        }
        long now = network.nanoTime();
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        return receive(buffer, nanos < SimulatedNetwork.FOREVER - now ? now + nanos : SimulatedNetwork.FOREVER - 1);
    }

    private InetSocketAddress receive(ByteBuffer buffer, long deadline) throws IOException {
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException("read-only buffer");
        }
        network.lock.lock();
        try {
            while (true) {
                requireOpen();
                throwRefusal();
                Datagram datagram = arrived.poll();
                if (datagram != null) {
                    // What does not fit is lost (rule 1.3).
                    buffer.put(datagram.bytes(), 0, Math.min(datagram.bytes().length, buffer.remaining()));
                    network.received(this, datagram);
                    return datagram.from();
                }
                if (server != null && deadline == SimulatedNetwork.FOREVER) {
                    throw NOTHING_MORE;
                }
                if (deadline - network.nanoTime() <= 0) {
                    return null;
                }
                network.await(this::hasNews, deadline);
            }
        } finally {
            network.lock.unlock();
        }
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        network.lock.lock();
        try {
            requireOpen();
            requireReachable(destination);
            if (datagram.remaining() > Addresses.maxPayload(destination)) {
                throw new SocketException("Message too long");
            }
            throwRefusal();
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes);
            network.send(this, new Datagram(endpoint, destination, bytes, host.exchange));
        } finally {
            network.lock.unlock();
        }
    }

    private void requireReachable(InetSocketAddress destination) throws IOException {
        if (destination.isUnresolved()) {
            throw new UnknownHostException(destination.getHostString());
        }
        if (remote != null && !destination.equals(remote)) {
            throw new IllegalArgumentException("connected to " + remote + ", not to " + destination);
        }
        if (destination.getPort() == 0 || Addresses.family(destination) != Addresses.family(endpoint)) {
            throw new SocketException("nothing can be sent to " + destination);
        }
    }

    private void requireOpen() throws ClosedChannelException {
        network.countCall();
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    private void throwRefusal() throws PortUnreachableException {
        if (isRefused) {
            isRefused = false; // The system reports it once.
            throw new PortUnreachableException();
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public void close() {
        network.lock.lock();
        try {
            if (!closed) {
                closed = true;
                network.close(this);
            }
        } finally {
            network.lock.unlock();
        }
    }

    /** Takes a datagram from the network. Returns false if the socket is connected to another peer. */
    boolean accept(Datagram datagram) {
        if (remote != null && !datagram.from().equals(remote)) {
            return false;
        }
        arrived.add(datagram);
        return true;
    }

    /** Lets the server, if this is the socket of one, receive what has arrived. */
    void serve() {
        if (server != null) {
            server.run();
        }
    }

    /** Records that a datagram has found a closed port. Returns whether it did: only a connected socket gets this report. */
    boolean refuse(InetSocketAddress by) {
        isRefused |= by.equals(remote);
        return by.equals(remote);
    }

    boolean isServer() {
        return host.role() == Role.SERVER;
    }

    private boolean hasNews() {
        return closed || isRefused || !arrived.isEmpty();
    }
}
