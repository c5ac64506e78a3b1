package udp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import udp.internal.net.Addresses;
import udp.test.Loopback;

/** A plain socket that talks to a server on this host, and waits 10 seconds at most. */
public final class TestClient implements Closeable {
    private final DatagramSocket socket;
    private final InetSocketAddress server;

    public TestClient(InetSocketAddress bound) throws IOException {
        InetAddress host = Addresses.reachable(bound.getAddress());
        server = new InetSocketAddress(host, bound.getPort());
        socket = Loopback.socket(host);
        socket.setSoTimeout(10_000);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public void send(String text) throws IOException {
        send(text.getBytes(UTF_8));
    }

    public void send(byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, server));
    }

    public String receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    public String ask(String text) throws IOException {
        send(text);
        return receive();
    }

    @Override
    public void close() {
        socket.close();
    }
}
