package udp.it.kit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider.Role;

/** A correct transport. Each subclass has a single mistake that students make. */
class WrongTransport implements Transport {
    final Transport right;
    final TransportConfig config;

    WrongTransport(TransportConfig config) throws IOException {
        this.config = config;
        this.right = Providers.transport(config.remote() == null ? Role.SERVER : Role.CLIENT, "socket")
                .open(config);
    }

    /** Creates a client transport whose socket is not connected. */
    WrongTransport(TransportConfig config, InetSocketAddress local) throws IOException {
        this.config = config;
        this.right = Providers.transport(Role.SERVER, "socket").open(TransportConfig.bind(local));
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer) throws IOException {
        return receiveOrNull(buffer, null);
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
        return receiveOrNull(buffer, timeout);
    }

    /** Receives with a limit, or without if it is null. */
    InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
        return limit == null ? right.receive(buffer) : right.receive(buffer, limit);
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        right.send(datagram, destination);
    }

    @Override
    public InetSocketAddress localAddress() {
        return right.localAddress();
    }

    @Override
    public void close() throws IOException {
        right.close();
    }
}
