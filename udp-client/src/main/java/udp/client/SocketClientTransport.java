package udp.client;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import udp.api.spi.AbstractTransport;
import udp.api.spi.BufferPacket;
import udp.api.spi.TransportConfig;

/** The client's socket as a {@link DatagramSocket}: packets over byte arrays, blocking, with a time limit if asked. */
final class SocketClientTransport extends AbstractTransport {
    private final DatagramSocket socket;
    private final BufferPacket incoming = new BufferPacket();
    private final BufferPacket outgoing = new BufferPacket();

    SocketClientTransport(DatagramSocket socket) {
        super((InetSocketAddress) socket.getLocalSocketAddress(), (InetSocketAddress) socket.getRemoteSocketAddress());
        this.socket = socket;
    }

    static SocketClientTransport connect(TransportConfig config) throws IOException {
        DatagramSocket socket = new DatagramSocket(config.local());
        try {
            if (config.remote() != null) {
                socket.connect(config.remote());
            }
            return new SocketClientTransport(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    protected InetSocketAddress receiveFrom(ByteBuffer buffer) throws IOException {
        socket.setSoTimeout(0); // forever
        socket.receive(incoming.over(buffer));
        return incoming.receivedInto(buffer);
    }

    @Override
    protected InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) throws IOException {
        socket.setSoTimeout(Math.max(millis, 1)); // 0 would be forever (rule 1.4)
        try {
            socket.receive(incoming.over(buffer));
            return incoming.receivedInto(buffer);
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    @Override
    protected void sendTo(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        socket.send(outgoing.of(datagram, destination));
        datagram.position(datagram.limit());
    }

    @Override
    protected void closeSocket() {
        socket.close();
    }
}
