package udp.server;

import java.io.IOException;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** The provider of the server's transport {@code channel}, on {@code java.nio.channels.DatagramChannel}. */
public final class ChannelServerProvider implements TransportProvider {
    /** Makes a provider, for {@link java.util.ServiceLoader}. */
    public ChannelServerProvider() {}

    @Override
    public Role role() {
        return Role.SERVER;
    }

    @Override
    public String name() {
        return "channel";
    }

    @Override
    public Transport open(TransportConfig config) throws IOException {
        return ChannelServerTransport.bind(config);
    }
}
