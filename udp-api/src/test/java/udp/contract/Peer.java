package udp.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The other side of a test: a plain socket, so that no receive is tested with the send of the same author. */
public final class Peer implements Closeable {
    /** A datagram that the socket received. */
    public record ReceivedDatagram(InetSocketAddress sender, byte[] bytes) {}

    private static final AtomicInteger PORTS =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 5_003 % 12_000)); // far from another kit's

    private final DatagramSocket socket;

    public Peer(InetAddress address) throws IOException {
        this(new InetSocketAddress(address, 0));
    }

    public Peer(InetSocketAddress address) throws IOException {
        this(new DatagramSocket(address));
    }

    Peer(DatagramSocket socket) {
        this.socket = socket;
    }

    /** Returns a free port below those that the system gives to sockets that ask for any: nobody gets it by chance. */
    public static InetSocketAddress freePort(InetAddress loopback) throws IOException {
        while (true) {
            InetSocketAddress address =
                    new InetSocketAddress(loopback, 20_000 + Math.floorMod(PORTS.getAndIncrement(), 12_000));
            synchronized (Subprocess.class) {
                try (Peer peer = new Peer(address)) {
                    return peer.address();
                } catch (BindException e) {
                    // then the next
                }
            }
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public void send(String text, InetSocketAddress destination) throws IOException {
        send(text.getBytes(UTF_8), destination);
    }

    public void send(byte[] bytes, InetSocketAddress destination) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, destination));
    }

    /** Waits for a datagram that must come. */
    public ReceivedDatagram receive(String what) throws IOException {
        ReceivedDatagram datagram = receive(TimeUnit.SECONDS.toMillis(KitAssertions.PATIENCE_SECONDS));
        KitAssertions.that(datagram != null, what, "nothing came within " + KitAssertions.PATIENCE_SECONDS + " s");
        return datagram;
    }

    /** Waits for a datagram that must come from a process, which takes its time to start, or as long as that runs. */
    public ReceivedDatagram receive(String what, Subprocess sender) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Subprocess.PATIENCE_SECONDS);
        while (true) {
            boolean running = sender.isRunning(); // before the look: what it sent last counts
            ReceivedDatagram datagram = receive(100);
            if (datagram != null) {
                return datagram;
            }
            KitAssertions.that(running && System.nanoTime() < end, what, "nothing came and " + sender.state());
        }
    }

    /** Waits for a datagram that may come, at least a millisecond; null if it does not. */
    public ReceivedDatagram receive(long millis) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.setSoTimeout((int) Math.max(1, millis));
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return null;
        }
        return new ReceivedDatagram(
                (InetSocketAddress) packet.getSocketAddress(), Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
