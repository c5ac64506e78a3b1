package udp.client;

import org.junit.jupiter.api.Nested;
import udp.api.spi.TransportProvider;
import udp.contract.ConnectedTransportContract;
import udp.contract.TransportContract;

/** The rules of a transport, for the two transports of the client, connected and not. */
class ClientTransportTest {
    @Nested
    class ConnectedSocket extends ConnectedTransportContract {
        @Override
        protected TransportProvider provider() {
            return new SocketClientProvider();
        }
    }

    @Nested
    class ConnectedChannel extends ConnectedTransportContract {
        @Override
        protected TransportProvider provider() {
            return new ChannelClientProvider();
        }
    }

    @Nested
    class UnconnectedSocket extends TransportContract {
        @Override
        protected TransportProvider provider() {
            return new SocketClientProvider();
        }
    }

    @Nested
    class UnconnectedChannel extends TransportContract {
        @Override
        protected TransportProvider provider() {
            return new ChannelClientProvider();
        }
    }
}
