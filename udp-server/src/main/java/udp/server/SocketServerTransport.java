package udp.server;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import udp.api.spi.AbstractTransport;
import udp.api.spi.TransportConfig;
import udp.internal.net.BufferPacket;
import udp.internal.net.ChannelReceiver;

/** The server's socket as a {@link DatagramSocket}: packets over byte arrays, blocking, with a time limit if asked. */
final class SocketServerTransport extends AbstractTransport {
    private static final int BUFFER_BYTES = 4 << 20; // for bursts; the system grants what it allows

    private final DatagramSocket socket;
    private final BufferPacket incoming = new BufferPacket();
    private final BufferPacket outgoing = new BufferPacket();

    SocketServerTransport(DatagramSocket socket) {
        super((InetSocketAddress) socket.getLocalSocketAddress(), null);
        this.socket = socket;
    }

    /** Not {@code new DatagramSocket(address)}, which speaks both families: bound to 0.0.0.0 it takes the port of :: too. */
    static SocketServerTransport bind(TransportConfig config) throws IOException {
        DatagramChannel channel = ChannelReceiver.open(config.family());
        try {
            DatagramSocket socket = channel.socket();
            socket.setBroadcast(false); // on in most DatagramSockets, and a forged source could be such an address
            socket.setReceiveBufferSize(BUFFER_BYTES);
            socket.setSendBufferSize(BUFFER_BYTES);
            if (config.shared()) {
                socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            socket.bind(config.local());
            return new SocketServerTransport(socket);
        } catch (Throwable e) { // an error, too, is to leave nothing open
            channel.close();
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
    public String toString() {
        try {
            return super.toString() + ", SO_RCVBUF " + socket.getReceiveBufferSize() + ", SO_SNDBUF "
                    + socket.getSendBufferSize();
        } catch (SocketException e) {
            return super.toString();
        }
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
