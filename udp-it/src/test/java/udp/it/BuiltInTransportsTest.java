package udp.it;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Nested;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;

/** The contract over the four transports, those of the client connected and not, over IPv4 and IPv6. */
class BuiltInTransportsTest {
    private static final InetAddress IPV4 = address(127, 0, 0, 1);
    private static final InetAddress IPV6 = address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private static InetAddress address(int... bytes) {
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static TransportProvider server(String name) {
        return Providers.transport(Role.SERVER, name);
    }

    private static TransportProvider client(String name) {
        return Providers.transport(Role.CLIENT, name);
    }

    @Nested
    class ChannelServerOverIpv4 extends TransportContract {
        ChannelServerOverIpv4() {
            super(server("channel"), IPV4);
        }
    }

    @Nested
    class ChannelServerOverIpv6 extends TransportContract {
        ChannelServerOverIpv6() {
            super(server("channel"), IPV6);
        }
    }

    @Nested
    class SocketServerOverIpv4 extends TransportContract {
        SocketServerOverIpv4() {
            super(server("socket"), IPV4);
        }
    }

    @Nested
    class SocketServerOverIpv6 extends TransportContract {
        SocketServerOverIpv6() {
            super(server("socket"), IPV6);
        }
    }

    @Nested
    class ChannelClientOverIpv4 extends ConnectedTransportContract {
        ChannelClientOverIpv4() {
            super(client("channel"), IPV4);
        }
    }

    @Nested
    class ChannelClientOverIpv6 extends ConnectedTransportContract {
        ChannelClientOverIpv6() {
            super(client("channel"), IPV6);
        }
    }

    @Nested
    class SocketClientOverIpv4 extends ConnectedTransportContract {
        SocketClientOverIpv4() {
            super(client("socket"), IPV4);
        }
    }

    @Nested
    class SocketClientOverIpv6 extends ConnectedTransportContract {
        SocketClientOverIpv6() {
            super(client("socket"), IPV6);
        }
    }

    @Nested
    class UnconnectedChannelClient extends TransportContract {
        UnconnectedChannelClient() {
            super(client("channel"), IPV4);
        }
    }

    @Nested
    class UnconnectedSocketClient extends TransportContract {
        UnconnectedSocketClient() {
            super(client("socket"), IPV4);
        }
    }
}
