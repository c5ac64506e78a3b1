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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider.Role;

class ServerSocketsTest {
    private static List<Transport> open(String transport, String host, int port) throws IOException {
        return open(transport, host, port, 1);
    }

    private static List<Transport> open(String transport, String host, int port, int workers) throws IOException {
        return new ServerSockets(Providers.transport(Role.SERVER, transport), workers)
                .bind(new InetSocketAddress(host, port));
    }

    private static void close(List<Transport> transports) throws IOException {
        for (Transport transport : transports) {
            transport.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"channel, 0.0.0.0, 127.0.0.1", "socket, 0.0.0.0, 127.0.0.1", "channel, ::, ::1", "socket, ::, ::1"})
    void theWildcardIsATransportForEachAddressOnOnePort(String name, String wildcard, String loopback)
            throws IOException {
        List<Transport> opened = open(name, wildcard, 0);
        try {
            List<InetAddress> addresses = new ArrayList<>();
            for (Transport transport : opened) {
                InetSocketAddress local = transport.localAddress();
                assertEquals(opened.get(0).localAddress().getPort(), local.getPort());
                addresses.add(local.getAddress());
            }
            assertEquals(
                    1,
                    addresses.stream()
                            .filter(InetAddress.getByName(loopback)::equals)
                            .count());
        } finally {
            close(opened);
        }
    }

    @ParameterizedTest
    @CsvSource({"channel, 127.0.0.1", "socket, ::1"})
    void anAddressIsOneTransport(String name, String host) throws IOException {
        List<Transport> opened = open(name, host, 0);
        close(opened);
        assertEquals(1, opened.size());
    }

    @ParameterizedTest
    @CsvSource({"channel, 0.0.0.0, 127.0.0.1", "socket, ::, ::1"})
    void onePortThatIsTakenLeavesNoneOpen(String name, String wildcard, String loopback) throws IOException {
        int port;
        try (DatagramSocket holder = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            port = holder.getLocalPort();
            assertThrows(SocketException.class, () -> open(name, wildcard, holder.getLocalPort()));
        }
        close(open(name, wildcard, port));
    }

    @ParameterizedTest
    @CsvSource({"channel, 127.0.0.1", "socket, 127.0.0.1", "channel, ::1", "socket, ::1"})
    void severalWorkersShareAPort(String name, String host) throws IOException {
        List<Transport> opened = open(name, host, 0, 3);
        close(opened);
        assertEquals(3, opened.size());
        assertEquals(1, opened.stream().map(Transport::localAddress).distinct().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aPortThatSomeoneElseSharesIsNotJoined(String name) throws IOException {
        try (DatagramChannel holder = DatagramChannel.open(StandardProtocolFamily.INET)
                .setOption(StandardSocketOptions.SO_REUSEPORT, true)
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .bind(new InetSocketAddress("127.0.0.1", 0))) {
            int port = ((InetSocketAddress) holder.getLocalAddress()).getPort();
            assertThrows(SocketException.class, () -> open(name, "127.0.0.1", port, 2));
            assertThrows(SocketException.class, () -> open(name, "127.0.0.1", port, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aClosedOneIsReplacedOnItsPort(String name) throws IOException {
        for (int workers = 1; workers <= 2; workers++) {
            ServerSockets sockets = new ServerSockets(Providers.transport(Role.SERVER, name), workers);
            List<Transport> opened = sockets.bind(new InetSocketAddress("127.0.0.1", 0));
            InetSocketAddress local = opened.get(0).localAddress();
            opened.get(0).close();
            try (Transport another = sockets.open(local)) {
                assertEquals(local, another.localAddress());
            } finally {
                close(opened);
            }
        }
    }
}
