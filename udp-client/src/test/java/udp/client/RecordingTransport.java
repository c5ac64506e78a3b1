package udp.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import udp.api.Transport;

/** Remembers how long each receive may wait, from one send to the next. */
record RecordingTransport(Transport transport, List<Duration> longestWaits) implements Transport {
    @Override
    public InetSocketAddress receive(ByteBuffer buffer) throws IOException {
        return transport.receive(buffer);
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
        int last = longestWaits.size() - 1;
        if (timeout.compareTo(longestWaits.get(last)) > 0) {
            longestWaits.set(last, timeout);
        }
        return transport.receive(buffer, timeout);
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        longestWaits.add(Duration.ZERO);
        transport.send(datagram, destination);
    }

    @Override
    public InetSocketAddress localAddress() {
        return transport.localAddress();
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
