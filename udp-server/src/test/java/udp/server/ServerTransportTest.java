package udp.server;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.Transport;
import udp.api.spi.TransportProvider;
import udp.contract.TransportContract;
import udp.test.Loopback;

/** The rules, over both transports. {@link ServerSocketFailureTest} has the failures of their sockets. */
class ServerTransportTest {
    @Nested
    class Channel extends TransportContract {
        @Override
        protected TransportProvider provider() {
            return new ChannelServerProvider();
        }
    }

    @Nested
    class Socket extends TransportContract {
        @Override
        protected TransportProvider provider() {
            return new SocketServerProvider();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void bindingToAllOfIpv4LeavesThePortFreeInIpv6(String name) throws IOException {
        try (Transport transport = TestServer.bind(name, "0.0.0.0")) {
            int port = transport.localAddress().getPort();
            new DatagramSocket(new InetSocketAddress(Loopback.assumed("::1"), port)).close();
        }
    }
}
