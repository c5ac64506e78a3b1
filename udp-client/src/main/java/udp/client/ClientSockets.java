package udp.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.internal.net.Addresses;
import udp.internal.net.NanoClock;

/**
 * Opens the sockets of a client, one at a time. Each exchange has a new socket, and with it a new port. Thread-safe, so that
 * another thread can close the socket on which the client waits.
 */
final class ClientSockets implements Closeable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TransportProvider provider;
    private final int localPort;
    private final NanoClock clock;
    private final PortHistory ports = new PortHistory();
    private RoundTrip current; // null if no socket is open
    private boolean closed;

    /** Takes what opens the sockets, and the port to send from; 0 lets the system choose the ports. */
    ClientSockets(TransportProvider provider, int localPort) {
        this(provider, localPort, NanoClock.SYSTEM);
    }

    /** Takes also the clock of the network that the sockets are on. */
    ClientSockets(TransportProvider provider, int localPort, NanoClock clock) {
        this.provider = Objects.requireNonNull(provider);
        this.localPort = localPort;
        this.clock = clock;
    }

    /** Returns the time of the network. */
    long nanoTime() {
        return clock.nanoTime();
    }

    /** Lets a little time pass: a socket that always fails must not take the CPU. */
    void pause() {
        clock.pause(PAUSE_NANOS);
    }

    /** Returns the socket to a server, and opens it if necessary. An empty request needs an unconnected socket (rule 2.3). */
    synchronized RoundTrip socketTo(InetSocketAddress server, boolean unconnected) throws IOException {
        requireNotClosed();
        if (current == null || !current.server().equals(server)) {
            release();
            InetSocketAddress local = Addresses.wildcard(Addresses.family(server), localPort);
            TransportConfig config = new TransportConfig(local, unconnected ? null : server);
            current = new RoundTrip(ports.openUnused(provider, config), server, clock);
        }
        return current;
    }

    /** Returns whether a socket is open. Throws if the client is closed. */
    synchronized boolean isOpen() throws ClosedChannelException {
        requireNotClosed();
        return current != null;
    }

    /** Closes the open socket, so that late replies find its port closed. */
    synchronized void release() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    /** Closes the open socket, and opens no other from now on. */
    @Override
    public synchronized void close() {
        closed = true;
        release();
    }

    private void requireNotClosed() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }
}
