package udp.client;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import udp.test.Loopback;

/**
 * A port where nothing listens and that no other program can take. Its socket is connected to itself, so that the kernel replies
 * "port unreachable" to everybody else.
 */
final class RefusingPort implements AutoCloseable {
    private final DatagramSocket socket;

    RefusingPort() throws IOException {
        this(Loopback.IPV4);
    }

    RefusingPort(InetAddress local) throws IOException {
        this(new InetSocketAddress(local, 0));
    }

    RefusingPort(InetSocketAddress local) throws IOException {
        socket = new DatagramSocket(local);
        socket.connect(socket.getLocalSocketAddress());
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        socket.close();
    }
}
