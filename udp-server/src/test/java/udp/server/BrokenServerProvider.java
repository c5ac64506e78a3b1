package udp.server;

import java.io.IOException;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** A transport {@code broken}, whose first receive fails. */
public final class BrokenServerProvider implements TransportProvider {
    /** For the service loader. */
    public BrokenServerProvider() {}

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
        TestTransport transport = new TestTransport();
        transport.end = new IOException("the cable\nis cut");
        return transport;
    }
}
