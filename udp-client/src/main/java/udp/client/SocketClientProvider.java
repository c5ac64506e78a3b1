package udp.client;

import java.io.IOException;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** The provider of the client's transport {@code socket}, on {@code java.net.DatagramSocket}. */
public final class SocketClientProvider implements TransportProvider {
    /** Makes a provider, for {@link java.util.ServiceLoader}. */
    public SocketClientProvider() {}

    @Override
    public Role role() {
        return Role.CLIENT;
    }

    @Override
    public String name() {
        return "socket";
    }

    @Override
    public Transport open(TransportConfig config) throws IOException {
        return SocketClientTransport.connect(config);
    }
}
