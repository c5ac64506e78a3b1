package udp.client;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import udp.api.spi.AbstractTransport;
import udp.api.spi.TransportConfig;
import udp.internal.net.BufferPacket;
import udp.internal.net.TimedReceiver;

/** The client's socket as a {@link DatagramSocket}: packets over byte arrays, blocking, with a time limit on request. */
final class SocketClientTransport extends AbstractTransport {
    private final DatagramSocket socket;
    private final BufferPacket incoming = new BufferPacket();
    private final BufferPacket outgoing = new BufferPacket();

    SocketClientTransport(DatagramSocket socket) {
        super((InetSocketAddress) socket.getLocalSocketAddress(), (InetSocketAddress) socket.getRemoteSocketAddress());
        this.socket = socket;
    }

    static SocketClientTransport connect(TransportConfig config) throws IOException {
        // new DatagramSocket(address) would speak both families, at the cost of mapping every address.
        DatagramChannel channel = TimedReceiver.openChannel(config.family());
        try {
            DatagramSocket socket = channel.bind(config.local()).socket();
            if (config.remote() != null) {
                socket.connect(config.remote());
            }
            return new SocketClientTransport(socket);
        } catch (Throwable e) { // An error, too, must leave nothing open.
            channel.close();
            throw e;
        }
    }

    @Override
    protected InetSocketAddress receiveFrom(ByteBuffer buffer) throws IOException {
        socket.setSoTimeout(0); // no limit
        socket.receive(incoming.wrap(buffer));
        return incoming.moveInto(buffer);
    }

    @Override
    protected InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) throws IOException {
        socket.setSoTimeout(Math.max(millis, 1)); // 0 would be no limit (rule 1.4).
        try {
            socket.receive(incoming.wrap(buffer));
            return incoming.moveInto(buffer);
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    @Override
    protected void sendTo(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        socket.send(outgoing.fill(datagram, destination));
        datagram.position(datagram.limit());
    }

    @Override
    protected boolean isOpen() {
        return !socket.isClosed();
    }

    @Override
    protected void closeSocket() {
        socket.close();
    }
}
