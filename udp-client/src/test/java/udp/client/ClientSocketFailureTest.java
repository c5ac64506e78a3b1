package udp.client;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.channels.DatagramChannel;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.test.SocketFailures;

class ClientSocketFailureTest extends SocketFailures {
    static Stream<Arguments> openings() {
        return openings(
                "socket socket",
                "socket bind",
                "socket connect",
                "socket getLocalSocketAddress",
                "socket getRemoteSocketAddress",
                "channel configureBlocking",
                "channel bind",
                "channel connect",
                "channel getLocalAddress",
                "channel getRemoteAddress");
    }

    @Override
    protected Transport over(DatagramSocket open) {
        return new SocketClientTransport(open);
    }

    @Override
    protected Transport over(DatagramChannel open) throws IOException {
        return new ChannelClientTransport(open);
    }

    @Override
    protected Transport open(String transport) throws IOException {
        TransportConfig config = TransportConfig.connect(PEER);
        return transport.equals("socket")
                ? SocketClientTransport.connect(config)
                : ChannelClientTransport.connect(config);
    }
}
