package udp.server;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.Transport;
import udp.test.Loopback;

/** The test of what no rule says. The contract has the rules, and {@link ServerSocketFailureTest} the failures. */
class ServerTransportTest {
    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void bindingToAllOfIpv4LeavesThePortFreeInIpv6(String name) throws IOException {
        try (Transport transport = TestServer.bind(name, "0.0.0.0")) {
            int port = transport.localAddress().getPort();
            new DatagramSocket(new InetSocketAddress(Loopback.assumed("::1"), port)).close();
        }
    }
}
