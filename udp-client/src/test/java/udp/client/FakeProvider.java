package udp.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** A provider that opens what the test says, and remembers what it was asked for. */
final class FakeProvider implements TransportProvider {
    /** The body of {@link TransportProvider#open}. */
    @FunctionalInterface
    interface Opener {
        Transport open(TransportConfig config) throws IOException;
    }

    final List<TransportConfig> opened = new ArrayList<>();
    private final Opener opener;

    FakeProvider(Opener opener) {
        this.opener = opener;
    }

    @Override
    public Role role() {
        return Role.CLIENT;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Transport open(TransportConfig config) throws IOException {
        opened.add(config);
        return opener.open(config);
    }
}
