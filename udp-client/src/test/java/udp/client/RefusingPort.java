package udp.client;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A port where nothing listens and that nobody else can take: its socket is connected to itself, so that the kernel
 * answers everybody else with "port unreachable".
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

    /** From now on somebody listens. */
    ScriptedPeer listen(ScriptedPeer.Script script) throws IOException {
        socket.disconnect();
        return new ScriptedPeer(socket, script);
    }

    @Override
    public void close() {
        socket.close();
    }
}
