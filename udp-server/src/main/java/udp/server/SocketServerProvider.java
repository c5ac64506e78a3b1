package udp.server;

import java.io.IOException;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** The provider of the server's transport {@code socket}, on {@code java.net.DatagramSocket}. */
public final class SocketServerProvider implements TransportProvider {
    /** Makes a provider, for {@link java.util.ServiceLoader}. */
    public SocketServerProvider() {}

    @Override
    public Role role() {
        return Role.SERVER;
    }

    @Override
    public String name() {
        return "socket";
    }

    @Override
    public Transport open(TransportConfig config) throws IOException {
        return SocketServerTransport.bind(config);
    }
}
