package udp.server;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.channels.DatagramChannel;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.test.SocketFailures;

class ServerSocketFailureTest extends SocketFailures {
    static Stream<Arguments> openings() {
        return openings(
                "socket socket",
                "socket setBroadcast",
                "socket setOption",
                "socket bind",
                "socket getLocalSocketAddress",
                "channel setOption",
                "channel bind",
                "channel getLocalAddress");
    }

    @Override
    protected Transport over(DatagramSocket open) {
        return new SocketServerTransport(open);
    }

    @Override
    protected Transport over(DatagramChannel open) throws IOException {
        return new ChannelServerTransport(open);
    }

    @Override
    protected Transport open(String transport) throws IOException {
        TransportConfig shared = new TransportConfig(LOCAL, null, true);
        return transport.equals("socket") ? SocketServerTransport.bind(shared) : ChannelServerTransport.bind(shared);
    }
}
