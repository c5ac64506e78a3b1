package udp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider.Role;
import udp.internal.net.Addresses;
import udp.internal.net.SocketBinder;
import udp.test.Loopback;

class ServerSocketsTest {
    private static final List<String> warnings = new CopyOnWriteArrayList<>();

    private static ServerSockets sockets(String transport, int workers) {
        return new ServerSockets(Providers.transport(Role.SERVER, transport), workers, warnings::add);
    }

    private static List<Transport> bind(String transport, String host, int port, int workers) throws IOException {
        return sockets(transport, workers).bind(new InetSocketAddress(Loopback.assumed(host), port));
    }

    @ParameterizedTest
    @CsvSource({"channel, 0.0.0.0", "socket, 0.0.0.0", "channel, ::", "socket, ::"})
    void theWildcardHasATransportBesideThoseOfTheAddressesOnOnePort(String name, String wildcard) throws IOException {
        List<Transport> bound = bind(name, wildcard, 0, 1);
        SocketBinder.close(bound);
        assertEquals(
                InetAddress.getByName(wildcard), bound.get(0).localAddress().getAddress());
        List<InetSocketAddress> addresses =
                bound.stream().map(Transport::localAddress).toList();
        InetAddress loopback = Addresses.reachable(InetAddress.getByName(wildcard));
        assertEquals(
                1,
                addresses.stream()
                        .filter(address -> address.getAddress().equals(loopback))
                        .count());
        assertEquals(
                1, addresses.stream().map(InetSocketAddress::getPort).distinct().count());
    }

    @ParameterizedTest
    @CsvSource({"channel, 127.0.0.1, 1", "socket, ::1, 1", "channel, ::1, 3", "socket, 127.0.0.1, 3"})
    void anAddressHasATransportForEachWorker(String name, String host, int workers) throws IOException {
        List<Transport> bound = bind(name, host, 0, workers);
        SocketBinder.close(bound);
        assertEquals(workers, bound.size());
        assertEquals(1, bound.stream().map(Transport::localAddress).distinct().count());
    }

    @ParameterizedTest
    @CsvSource({"channel, 0.0.0.0", "socket, ::"})
    void aPortThatIsTakenAtOneAddressLeavesNoneBound(String name, String wildcard) throws IOException {
        InetAddress loopback = Addresses.reachable(Loopback.assumed(wildcard));
        int port;
        try (DatagramSocket holder = Loopback.socket(loopback)) {
            port = holder.getLocalPort();
            assertThrows(SocketException.class, () -> bind(name, wildcard, holder.getLocalPort(), 1));
        }
        SocketBinder.close(bind(name, wildcard, port, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aPortThatAnotherProgramSharesIsNotJoined(String name) throws IOException {
        try (DatagramChannel holder = DatagramChannel.open(StandardProtocolFamily.INET)
                .setOption(StandardSocketOptions.SO_REUSEPORT, true)
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .bind(new InetSocketAddress("127.0.0.1", 0))) {
            int port = ((InetSocketAddress) holder.getLocalAddress()).getPort();
            assertThrows(SocketException.class, () -> bind(name, "127.0.0.1", port, 2));
            assertThrows(SocketException.class, () -> bind(name, "127.0.0.1", port, 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"channel, 1", "channel, 2", "socket, 1", "socket, 2"})
    void aClosedTransportIsReplacedOnItsPort(String name, int workers) throws IOException {
        ServerSockets sockets = sockets(name, workers);
        List<Transport> bound = sockets.bind(new InetSocketAddress("127.0.0.1", 0));
        InetSocketAddress local = bound.get(0).localAddress();
        bound.get(0).close();
        try (Transport another = sockets.open(local)) {
            assertEquals(local, another.localAddress());
        } finally {
            SocketBinder.close(bound);
        }
    }
}
