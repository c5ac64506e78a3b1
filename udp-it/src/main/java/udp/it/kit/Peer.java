package udp.it.kit;

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

/** The other side of a test: a plain socket, so that a receive is never tested with the send of the same author. */
final class Peer implements Closeable {
    /** What the socket received. */
    record Datagram(InetSocketAddress sender, byte[] bytes) {}

    private static final AtomicInteger PORTS =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % 12_000)); // far from another kit's

    private final DatagramSocket socket;

    Peer(InetAddress address) throws IOException {
        this(new InetSocketAddress(address, 0));
    }

    Peer(InetSocketAddress address) throws IOException {
        socket = new DatagramSocket(address);
    }

    /** Below those that systems give to sockets that ask for any: nobody gets it by chance. */
    static InetSocketAddress freePort(InetAddress loopback) throws IOException {
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

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(String text, InetSocketAddress destination) throws IOException {
        send(text.getBytes(UTF_8), destination);
    }

    void send(byte[] bytes, InetSocketAddress destination) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, destination));
    }

    /** Waits for a datagram that must come. */
    Datagram receive(String what) throws IOException {
        Datagram datagram = receive(TimeUnit.SECONDS.toMillis(Expect.PATIENCE_SECONDS));
        Expect.that(datagram != null, what, "nothing came within " + Expect.PATIENCE_SECONDS + " s");
        return datagram;
    }

    /** Waits for a datagram that must come from a process, which takes its time to start, or as long as that runs. */
    Datagram receive(String what, Subprocess sender) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Subprocess.PATIENCE_SECONDS);
        while (true) {
            boolean running = sender.isRunning(); // before the look: what it sent last counts
            Datagram datagram = receive(100);
            if (datagram != null) {
                return datagram;
            }
            Expect.that(running && System.nanoTime() < end, what, "nothing came and " + sender.state());
        }
    }

    /** Waits for a datagram that may come, at least a millisecond; null if it does not. */
    Datagram receive(long millis) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.setSoTimeout((int) Math.max(1, millis));
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return null;
        }
        return new Datagram(
                (InetSocketAddress) packet.getSocketAddress(), Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
