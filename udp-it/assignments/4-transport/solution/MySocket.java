import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import udp.api.Transport;
import udp.api.spi.AbstractTransport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** A server's transport over a {@link DatagramSocket}. */
public class MySocket implements TransportProvider {
    @Override
    public Role role() {
        return Role.SERVER;
    }

    @Override
    public String name() {
        return "mysocket";
    }

    @Override
    public Transport open(TransportConfig config) throws IOException {
        return new Over(new DatagramSocket(config.local()));
    }

    private static final class Over extends AbstractTransport {
        private final DatagramSocket socket;

        Over(DatagramSocket socket) {
            super((InetSocketAddress) socket.getLocalSocketAddress(), null);
            this.socket = socket;
        }

        @Override
        protected void closeSocket() {
            socket.close();
        }

        @Override
        protected boolean isOpen() {
            return !socket.isClosed();
        }

        @Override
        protected void sendTo(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(datagram.position(), bytes); // the position stays: sending may still fail
            socket.send(new DatagramPacket(bytes, bytes.length, destination));
            datagram.position(datagram.limit());
        }

        @Override
        protected InetSocketAddress receiveFrom(ByteBuffer buffer) throws IOException {
            socket.setSoTimeout(0); // forever
            return receiveNow(buffer);
        }

        @Override
        protected InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) throws IOException {
            socket.setSoTimeout(Math.max(1, millis)); // 0 would mean forever
            try {
                return receiveNow(buffer);
            } catch (SocketTimeoutException e) {
                return null;
            }
        }

        private InetSocketAddress receiveNow(ByteBuffer buffer) throws IOException {
            byte[] bytes = new byte[buffer.remaining()];
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
            socket.receive(packet);
            buffer.put(bytes, 0, packet.getLength());
            return (InetSocketAddress) packet.getSocketAddress();
        }
    }
}
