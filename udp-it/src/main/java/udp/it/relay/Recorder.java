package udp.it.relay;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import udp.internal.net.Addresses;
import udp.internal.net.TimedReceiver;
import udp.internal.trace.Call;
import udp.internal.trace.Step;
import udp.internal.trace.Trace;

/**
 * Records what a relay does with each datagram: its arrival with its number and its fate, and each departure. The
 * addresses are those that the peers see. If nothing is to be recorded, each method returns at once. One thread.
 */
final class Recorder implements Closeable {
    /** The recorder that records nothing. */
    static final Recorder NONE = new Recorder(Trace.NONE, null);

    private static final int MAX_KNOWN_ADDRESSES = 10_000; // Forged senders must not fill the heap.
    private static final int ANY_PORT = 9;

    private final Trace trace;
    private final Capture capture; // or null
    private final boolean isOn;
    private final Map<InetAddress, InetAddress> ownAddresses = new HashMap<>(); // by the peer that they lead to

    Recorder(Trace trace, Capture capture) {
        this.trace = trace;
        this.capture = capture;
        isOn = trace != Trace.NONE || capture != null;
    }

    void recordBind(DatagramChannel channel) {
        if (isOn) {
            trace.record(step(Call.BIND, "bind").between(Relay.localAddress(channel), null));
        }
    }

    /** Records that a socket towards a peer is about to be closed. */
    void recordClose(DatagramChannel channel, InetSocketAddress peer) {
        if (isOn) {
            trace.record(step(Call.CLOSE, "close").between(own(channel, peer), null));
        }
    }

    /** Records a datagram that has arrived, from the beginning of a buffer to its limit; its name may be null. */
    void recordArrival(
            DatagramChannel channel, InetSocketAddress sender, ByteBuffer datagram, String name, String fate) {
        if (isOn) {
            byte[] data = new byte[datagram.limit()];
            datagram.get(0, data);
            InetSocketAddress local = own(channel, sender);
            Step step = step(Call.RECVFROM, "receive");
            trace.record(step.between(local, sender).withData(data).withDatagram(name, fate));
            if (capture != null) {
                capture.write(step.time(), sender, local, data);
            }
        }
    }

    /** Returns the step of a departure that begins at this moment, or null if nothing is to be recorded. */
    Step beginDeparture() {
        return isOn ? step(Call.SENDTO, "send") : null;
    }

    /** Completes the step of a departure; the channel is null if no socket is left, the failure if there is none. */
    void recordDeparture(
            Step begun, DatagramChannel channel, InetSocketAddress receiver, byte[] data, String name, String failure) {
        if (isOn) {
            InetSocketAddress local = own(channel, receiver);
            trace.record(begun.between(local, receiver)
                    .withData(data)
                    .withDatagram(name, null)
                    .withFailure(failure));
            if (capture != null && failure == null) {
                capture.write(begun.time(), local, receiver, data);
            }
        }
    }

    @Override
    public void close() throws IOException {
        trace.close();
        if (capture != null) {
            capture.close();
        }
    }

    private static Step step(Call call, String method) {
        return Step.of(Instant.now(), System.nanoTime(), ProxyCommand.NAME, call, "DatagramChannel." + method);
    }

    /** Returns the address of a socket that a peer sees. If the socket is bound to the wildcard, the route chooses it. */
    private InetSocketAddress own(DatagramChannel channel, InetSocketAddress peer) {
        InetSocketAddress bound =
                channel == null ? Addresses.wildcard(Addresses.family(peer), 0) : Relay.localAddress(channel);
        if (!bound.getAddress().isAnyLocalAddress()) {
            return bound;
        }
        if (ownAddresses.size() >= MAX_KNOWN_ADDRESSES) {
            ownAddresses.clear();
        }
        InetAddress own = ownAddresses.computeIfAbsent(peer.getAddress(), Recorder::ownAddress);
        return own == null ? bound : new InetSocketAddress(own, bound.getPort());
    }

    /** Returns the address from which a route leads to a peer, or null if none does or no descriptor is left. */
    private static InetAddress ownAddress(InetAddress peer) {
        try (DatagramChannel scratch = TimedReceiver.openChannel(Addresses.family(peer))) {
            scratch.connect(new InetSocketAddress(peer, ANY_PORT)); // It sends nothing.
            return Relay.localAddress(scratch).getAddress();
        } catch (IOException e) {
            return null;
        }
    }
}
