package udp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider.Role;
import udp.test.Loopback;

/** Servers on ports that the system chooses. */
public final class TestServer {
    private TestServer() {}

    /** Binds a transport to an address; skips the test if it is IPv6 and this host has none. */
    public static Transport bind(String transport, String host) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(Loopback.assumed(host), 0);
        return Providers.transport(Role.SERVER, transport).open(TransportConfig.bind(anyPort));
    }

    /** Starts a server on 127.0.0.1. */
    public static Server start(String transport, MessageProcessor processor) throws IOException {
        return Server.start(bind(transport, "127.0.0.1"), processor);
    }
}
