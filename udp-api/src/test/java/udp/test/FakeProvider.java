package udp.test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** A provider that opens what the test says, and remembers what it was asked for. */
public final class FakeProvider implements TransportProvider {
    /** The body of {@link TransportProvider#open}. */
    @FunctionalInterface
    public interface Opener {
        Transport open(TransportConfig config) throws IOException;
    }

    public final List<TransportConfig> opened = new ArrayList<>();
    private final Role role;
    private final String name;
    private final Opener opener;

    public FakeProvider(Opener opener) {
        this(Role.CLIENT, "fake", opener);
    }

    public FakeProvider(Role role, String name, Opener opener) {
        this.role = role;
        this.name = name;
        this.opener = opener;
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Transport open(TransportConfig config) throws IOException {
        opened.add(config);
        return opener.open(config);
    }
}
