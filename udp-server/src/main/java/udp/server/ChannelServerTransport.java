package udp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import udp.api.spi.AbstractTransport;
import udp.api.spi.TransportConfig;
import udp.internal.net.SocketBuffers;
import udp.internal.net.TimedReceiver;

/** The server's socket as a {@link DatagramChannel}: it reads and writes buffers, direct buffers without a copy. */
final class ChannelServerTransport extends AbstractTransport {
    private final DatagramChannel channel;
    private final TimedReceiver receiver;

    ChannelServerTransport(DatagramChannel channel) throws IOException {
        super((InetSocketAddress) channel.getLocalAddress(), null);
        this.channel = channel;
        this.receiver = new TimedReceiver(channel);
    }

    static ChannelServerTransport bind(TransportConfig config) throws IOException {
        DatagramChannel channel = TimedReceiver.openChannel(config.family());
        try {
            SocketBuffers.enlarge(channel);
            if (config.shared()) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            return new ChannelServerTransport(channel.bind(config.local()));
        } catch (Throwable e) { // An error, too, must leave nothing open.
            channel.close();
            throw e;
        }
    }

    @Override
    protected InetSocketAddress receiveFrom(ByteBuffer buffer) throws IOException {
        return (InetSocketAddress) channel.receive(buffer);
    }

    @Override
    protected InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) throws IOException {
        return receiver.receive(buffer, millis);
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
    }

    @Override
    public String toString() {
        return super.toString() + SocketBuffers.describe(channel);
    }
}
