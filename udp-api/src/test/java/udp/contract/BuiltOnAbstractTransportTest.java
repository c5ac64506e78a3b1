package udp.contract;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junit.jupiter.api.Nested;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.api.spi.AbstractTransport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** The contract runs, and the smallest implementations keep it. */
class BuiltOnAbstractTransportTest {
    @Nested
    class Bound extends TransportContract {
        @Override
        protected TransportProvider provider() {
            return new ChannelProvider();
        }
    }

    @Nested
    class ConnectedToItsPeer extends ConnectedTransportContract {
        @Override
        protected TransportProvider provider() {
            return new ChannelProvider();
        }
    }

    @Nested
    class OfText extends MessageProcessorContract {
        @Override
        protected MessageProcessor processor() {
            return MessageProcessor.ofText(text -> text + "!");
        }
    }

    private static final class ChannelProvider implements TransportProvider {
        @Override
        public Role role() {
            return Role.SERVER;
        }

        @Override
        public String name() {
            return "smallest";
        }

        @Override
        public Transport open(TransportConfig config) throws IOException {
            DatagramChannel channel = DatagramChannel.open(config.family());
            channel.bind(config.local());
            if (config.remote() != null) {
                channel.connect(config.remote());
            }
            Selector selector = Selector.open();
            channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            return new OverChannel(channel, selector, config.remote());
        }
    }

    private static final class OverChannel extends AbstractTransport {
        private final DatagramChannel channel;
        private final Selector selector;

        OverChannel(DatagramChannel channel, Selector selector, InetSocketAddress remote) throws IOException {
            super((InetSocketAddress) channel.getLocalAddress(), remote);
            this.channel = channel;
            this.selector = selector;
        }

        @Override
        protected InetSocketAddress receiveFrom(ByteBuffer buffer) throws IOException {
            InetSocketAddress sender = null;
            while (sender == null) {
                sender = receiveFrom(buffer, 1000);
            }
            return sender;
        }

        @Override
        protected InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) throws IOException {
            if (millis > 0) {
                selector.select(key -> {}, millis);
                if (Thread.currentThread().isInterrupted()) { // From now on select does not wait.
                    close();
                }
            }
            return (InetSocketAddress) channel.receive(buffer);
        }

        @Override
        protected void sendTo(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            channel.send(datagram, destination);
        }

        @Override
        protected boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        protected void closeSocket() throws IOException {
            channel.close();
            selector.close();
        }
    }
}
