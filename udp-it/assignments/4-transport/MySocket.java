import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
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
            throw new UnsupportedOperationException("closeSocket is to be written");
        }

        @Override
        protected boolean isOpen() {
            return !socket.isClosed();
        }

        @Override
        protected void sendTo(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            throw new UnsupportedOperationException("sendTo is to be written");
        }

        @Override
        protected InetSocketAddress receiveFrom(ByteBuffer buffer) throws IOException {
            throw new UnsupportedOperationException("receiveFrom is to be written");
        }

        @Override
        protected InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) throws IOException {
            throw new UnsupportedOperationException("receiveFrom with a limit is to be written");
        }
    }
}
