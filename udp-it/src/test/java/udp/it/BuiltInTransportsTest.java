package udp.it;

import org.junit.jupiter.api.Nested;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.contract.ConnectedTransportContract;
import udp.contract.TransportContract;

/** The contract over the four transports, those of the client connected and not. */
class BuiltInTransportsTest {
    @Nested
    class ChannelServer extends TransportContract {
        @Override
        protected TransportProvider provider() {
            return Providers.transport(Role.SERVER, "channel");
        }
    }

    @Nested
    class SocketServer extends TransportContract {
        @Override
        protected TransportProvider provider() {
            return Providers.transport(Role.SERVER, "socket");
        }
    }

    @Nested
    class ChannelClient extends ConnectedTransportContract {
        @Override
        protected TransportProvider provider() {
            return Providers.transport(Role.CLIENT, "channel");
        }
    }

    @Nested
    class SocketClient extends ConnectedTransportContract {
        @Override
        protected TransportProvider provider() {
            return Providers.transport(Role.CLIENT, "socket");
        }
    }

    @Nested
    class UnconnectedChannelClient extends TransportContract {
        @Override
        protected TransportProvider provider() {
            return Providers.transport(Role.CLIENT, "channel");
        }
    }

    @Nested
    class UnconnectedSocketClient extends TransportContract {
        @Override
        protected TransportProvider provider() {
            return Providers.transport(Role.CLIENT, "socket");
        }
    }
}
