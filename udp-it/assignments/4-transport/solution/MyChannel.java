import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import udp.api.Transport;
import udp.api.spi.AbstractTransport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** A server's transport over a non-blocking {@link DatagramChannel}, which a {@link Selector} waits for. */
public class MyChannel implements TransportProvider {
    @Override
    public Role role() {
        return Role.SERVER;
    }

    @Override
    public String name() {
        return "mychannel";
    }

    @Override
    public Transport open(TransportConfig config) throws IOException {
        Selector selector = Selector.open();
        DatagramChannel channel = DatagramChannel.open(config.family());
        try {
            channel.bind(config.local()).configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return new Over(channel, selector);
        } catch (IOException e) {
            channel.close();
            selector.close();
            throw e;
        }
    }

    private static final class Over extends AbstractTransport {
        private final DatagramChannel channel;
        private final Selector selector;

        Over(DatagramChannel channel, Selector selector) throws IOException {
            super((InetSocketAddress) channel.getLocalAddress(), null);
            this.channel = channel;
            this.selector = selector;
        }

        @Override
        protected void closeSocket() throws IOException {
            channel.close();
            selector.close(); // which wakes a waiting thread, and frees the port
        }

        @Override
        protected boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        protected void sendTo(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            channel.send(datagram, destination);
            if (datagram.hasRemaining()) {
                throw new IOException("the send buffer is full");
            }
        }

        @Override
        protected InetSocketAddress receiveFrom(ByteBuffer buffer) throws IOException {
            InetSocketAddress sender = (InetSocketAddress) channel.receive(buffer);
            while (sender == null) {
                await(0); // forever
                sender = (InetSocketAddress) channel.receive(buffer);
            }
            return sender;
        }

        @Override
        protected InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) throws IOException {
            InetSocketAddress sender = (InetSocketAddress) channel.receive(buffer);
            if (sender == null && millis > 0) {
                await(millis);
                sender = (InetSocketAddress) channel.receive(buffer);
            }
            return sender;
        }

        private void await(int millis) throws IOException {
            selector.select(key -> {}, millis);
            if (Thread.currentThread().isInterrupted()) { // now select no longer waits
                closeSocket();
                throw new ClosedByInterruptException();
            }
        }
    }
}
