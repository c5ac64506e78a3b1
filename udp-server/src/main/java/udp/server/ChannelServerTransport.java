package udp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import udp.api.spi.AbstractTransport;
import udp.api.spi.TransportConfig;
import udp.internal.net.ChannelReceiver;

/** The server's socket as a {@link DatagramChannel}: it reads and writes buffers, direct ones without a copy. */
final class ChannelServerTransport extends AbstractTransport {
    private static final int BUFFER_BYTES = 4 << 20; // for bursts; the system grants what it allows

    private final DatagramChannel channel;
    private final ChannelReceiver receiver;

    ChannelServerTransport(DatagramChannel channel) throws IOException {
        super((InetSocketAddress) channel.getLocalAddress(), null);
        this.channel = channel;
        this.receiver = new ChannelReceiver(channel);
    }

    static ChannelServerTransport bind(TransportConfig config) throws IOException {
        DatagramChannel channel = ChannelReceiver.open(config.family());
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            if (config.shared()) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            return new ChannelServerTransport(channel.bind(config.local()));
        } catch (Throwable e) { // an error, too, is to leave nothing open
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
        if (datagram.hasRemaining()) { // a non-blocking channel would have had to wait (rule 2.1)
            throw new SocketException("the socket's send buffer is full");
        }
    }

    @Override
    public String toString() {
        try {
            return super.toString() + ", SO_RCVBUF " + channel.getOption(StandardSocketOptions.SO_RCVBUF)
                    + ", SO_SNDBUF " + channel.getOption(StandardSocketOptions.SO_SNDBUF);
        } catch (IOException e) {
            return super.toString();
        }
    }

    @Override
    protected boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    protected void closeSocket() throws IOException {
        receiver.close();
    }
}
