package udp.server;

import java.io.IOException;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.test.ScriptedTransport;

/** The provider of a transport {@code broken}, whose first receive fails. */
public final class BrokenServerProvider implements TransportProvider {
    @Override
    public Role role() {
        return Role.SERVER;
    }

    @Override
    public String name() {
        return "broken";
    }

    @Override
    public Transport open(TransportConfig config) {
        ScriptedTransport transport = new ScriptedTransport();
        transport.end = new IOException("the cable\nis cut");
        return transport;
    }
}
