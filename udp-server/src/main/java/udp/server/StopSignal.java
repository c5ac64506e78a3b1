package udp.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import udp.internal.net.Addresses;

/**
 * The request to stop, and the datagrams that carry it to those who wait in receive: nothing else wakes them and leaves
 * the socket open for what is queued. Each datagram comes from a port of its own, since among sockets that share a port
 * the sender's decides which of them gets it. Thread-safe.
 */
final class StopSignal implements Closeable {
    private static final byte[] TEXT = "udp-server: wake up".getBytes(US_ASCII); // for whoever sees it in a trace

    private final Set<InetSocketAddress> sources = ConcurrentHashMap.newKeySet();
    private final List<DatagramSocket> sockets = new ArrayList<>(); // open, so that no client gets one of their ports
    private volatile boolean requested;

    void request() {
        requested = true;
    }

    boolean isRequested() {
        return requested;
    }

    /** Whether a datagram is one of ours, which is not to be counted. */
    boolean sentFrom(InetSocketAddress source) {
        return requested && sources.contains(source);
    }

    /** Sends one, which may get lost. */
    synchronized void send(InetSocketAddress bound) {
        InetAddress address = Addresses.reachable(bound.getAddress());
        try {
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0));
            sockets.add(socket);
            sources.add((InetSocketAddress) socket.getLocalSocketAddress());
            socket.send(new DatagramPacket(TEXT, TEXT.length, new InetSocketAddress(address, bound.getPort())));
        } catch (IOException | RuntimeException | Error e) {
            // out of descriptors, for example; closing the transport will do
        }
    }

    @Override
    public synchronized void close() {
        sockets.forEach(DatagramSocket::close);
        sockets.clear();
    }
}
