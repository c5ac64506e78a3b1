package udp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A plain socket on loopback that talks to one server and does not wait for ever. */
public final class TestClient implements Closeable {
    private final DatagramSocket socket;
    private final InetSocketAddress server;

    public TestClient(InetSocketAddress bound) throws IOException {
        InetAddress address = bound.getAddress();
        InetAddress host = address.isAnyLocalAddress()
                ? InetAddress.getByName(address.getAddress().length == 4 ? "127.0.0.1" : "::1")
                : address;
        server = new InetSocketAddress(host, bound.getPort());
        socket = new DatagramSocket(new InetSocketAddress(host, 0));
        socket.setSoTimeout(10_000);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public void send(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
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
