package udp.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import udp.api.spi.AbstractTransport;
import udp.api.spi.TransportConfig;
import udp.internal.net.TimedReceiver;

/** The client's socket as a {@link DatagramChannel}: it reads and writes buffers, and sends direct buffers without a copy. */
final class ChannelClientTransport extends AbstractTransport {
    private final DatagramChannel channel;
    private final TimedReceiver receiver;

    ChannelClientTransport(DatagramChannel channel) throws IOException {
        super((InetSocketAddress) channel.getLocalAddress(), (InetSocketAddress) channel.getRemoteAddress());
        this.channel = channel;
        this.receiver = new TimedReceiver(channel);
    }

    static ChannelClientTransport connect(TransportConfig config) throws IOException {
        DatagramChannel channel = TimedReceiver.openChannel(config.family());
        try {
            channel.configureBlocking(false); // until the first wait: the first reply may come before it
            channel.bind(config.local());
            if (config.remote() != null) {
                channel.connect(config.remote());
            }
            return new ChannelClientTransport(channel);
        } catch (Throwable e) { // An error, too, must leave nothing open.
            channel.close();
            throw e;
        }
    }

    @Override
    protected InetSocketAddress receiveFrom(ByteBuffer buffer) throws IOException {
        return receiver.receive(buffer);
    }

    @Override
    protected InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) throws IOException {
        return receiver.receive(buffer, millis);
    }

    @Override
    protected void sendTo(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        channel.send(datagram, destination);
        if (datagram.hasRemaining()) { // A non-blocking channel would have had to wait (rule 2.1).
            throw new SocketException("the socket's send buffer is full");
        }
    }

    @Override
    protected boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    protected void closeSocket() throws IOException {
        channel.close();
    }
}
