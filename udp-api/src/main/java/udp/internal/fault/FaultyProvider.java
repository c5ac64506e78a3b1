package udp.internal.fault;

import java.io.IOException;
import java.util.SplittableRandom;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.internal.net.NanoClock;

/** A provider whose transports have faults, each with another seed; their datagrams are numbered together. */
final class FaultyProvider implements TransportProvider {
    private final TransportProvider provider;
    private final Faults faults;
    private final SplittableRandom seeds;
    private final Route outgoing;
    private final Route incoming;
    private final long start = NanoClock.SYSTEM.nanoTime();

    FaultyProvider(TransportProvider provider, Faults faults) {
        this.provider = provider;
        this.faults = faults;
        this.seeds = new SplittableRandom(faults.seed());
        boolean isClient = provider.role() == Role.CLIENT;
        this.outgoing = new Route(isClient ? faults.fromClients() : faults.fromServer());
        this.incoming = new Route(isClient ? faults.fromServer() : faults.fromClients());
    }

    @Override
    public Role role() {
        return provider.role();
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Transport open(TransportConfig config) throws IOException {
        return new FaultyTransport(
                provider.open(config), faults.withSeed(seed()), outgoing, incoming, NanoClock.SYSTEM, start);
    }

    /** Returns the next seed. Several threads may open transports at the same time. */
    private synchronized long seed() {
        return seeds.nextLong();
    }
}
