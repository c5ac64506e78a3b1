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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import udp.internal.trace.Call;

/** The other side of a test: a plain socket, so that no receive is tested with the send of the same author. */
public final class Peer implements Closeable {
    /** A datagram that the socket received. */
    public record ReceivedDatagram(InetSocketAddress sender, byte[] bytes) {}

    private final DatagramSocket socket;

    public Peer(InetAddress address) throws IOException {
        this(new InetSocketAddress(address, 0));
    }

    public Peer(InetSocketAddress address) throws IOException {
        this(bound(address));
    }

    Peer(DatagramSocket socket) {
        this.socket = socket;
    }

    private static DatagramSocket bound(InetSocketAddress address) throws IOException {
        try {
            return new DatagramSocket(address);
        } catch (BindException e) {
            throw address.getPort() == 0 ? noPortIsFree() : e;
        }
    }

    static BindException noPortIsFree() {
        return new BindException("no port is free: does the checked program take all?");
    }

    /** Returns a peer at 127.0.0.1 and, if this computer has it, at ::1, with a port that is free at both. */
    public static Peer onLoopback() throws IOException {
        for (int i = 0; i < 100; i++) {
            int port;
            try (Peer first = new Peer(Ip.IPv4.loopback())) {
                port = first.address().getPort();
            }
            try {
                return onLoopback(port);
            } catch (BindException e) {
                // then another
            }
        }
        throw noPortIsFree();
    }

    /** Returns a peer at a port of 127.0.0.1 and, if this computer has it, of ::1. */
    public static Peer onLoopback(int port) throws IOException {
        return new Peer(new LoopbackSocket(port));
    }

    /** Returns 127.0.0.1 and, if this computer has it, ::1. */
    public static List<InetAddress> loopbacks() {
        return Stream.of(Ip.values()).filter(Ip::isHere).map(Ip::loopback).toList();
    }

    /** Returns a free port that nobody gets by chance, and that no other kit gives to a program. */
    public static InetSocketAddress freePort(InetAddress loopback) throws IOException {
        return PortBlock.ours().next(loopback);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public void send(String text, InetSocketAddress destination) throws IOException {
        send(text.getBytes(UTF_8), destination);
    }

    public void send(byte[] bytes, InetSocketAddress destination) throws IOException {
        Journal.addOfPeer(Call.SENDTO, address(), destination, bytes);
        socket.send(new DatagramPacket(bytes, bytes.length, destination));
    }

    /** Waits for a datagram that must come. */
    public ReceivedDatagram receive(String what) throws IOException {
        ReceivedDatagram datagram = receive(TimeUnit.SECONDS.toMillis(KitAssertions.PATIENCE_SECONDS));
        KitAssertions.that(datagram != null, what, "nothing came within " + KitAssertions.PATIENCE_SECONDS + " s");
        return datagram;
    }

    /** Waits for a datagram that must come from a process that has begun, or as long as that runs. */
    public ReceivedDatagram receive(String what, Subprocess sender) throws Exception {
        return receive(what, sender, Subprocess.PATIENCE_SECONDS);
    }

    /** Waits for the first datagram that must come from a process, which may take long to begin. */
    public ReceivedDatagram receiveFirst(String what, Subprocess sender) throws Exception {
        return receive(what, sender, Subprocess.START_SECONDS);
    }

    private ReceivedDatagram receive(String what, Subprocess sender, int seconds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
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
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        InetSocketAddress sender = (InetSocketAddress) packet.getSocketAddress();
        Journal.addOfPeer(Call.RECVFROM, address(), sender, bytes);
        return new ReceivedDatagram(sender, bytes);
    }

    @Override
    public void close() {
        socket.close();
    }
}
