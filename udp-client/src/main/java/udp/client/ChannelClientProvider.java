package udp.client;

import java.io.IOException;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** The provider of the client's transport {@code channel}, on {@code java.nio.channels.DatagramChannel}. */
public final class ChannelClientProvider implements TransportProvider {
    /** Makes a provider, for {@link java.util.ServiceLoader}. */
    public ChannelClientProvider() {}

    @Override
    public Role role() {
        return Role.CLIENT;
    }

    @Override
    public String name() {
        return "channel";
    }

    @Override
    public Transport open(TransportConfig config) throws IOException {
        return ChannelClientTransport.connect(config);
    }
}
