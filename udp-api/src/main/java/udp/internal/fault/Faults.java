package udp.internal.fault;

import java.time.Duration;
import java.util.Map;
import udp.api.Transport;
import udp.api.spi.TransportProvider;
import udp.internal.net.NanoClock;

/**
 * The faults of a bad network, rehearsed on a good network.
 *
 * <ul>
 * <li>{@code fromClients}, {@code fromServer}: the faults of each direction.
 * <li>{@code seed}: the seed of the random draws. Its lower 48 bits count, as in {@link java.util.Random}.
 * </ul>
 *
 * <p>The n-th datagram in each direction gets the n-th random draw, whichever client sent it. With one client, equal
 * seeds give equal runs; with several clients, the draws are the same but their assignment to clients depends on
 * timing. The draws do not depend on the probabilities: if one fault is changed, the rest of the run stays the same. A
 * datagram that is refused with an exception gets no draw.
 *
 * <p>Some things depend on time nevertheless: when exactly a delayed datagram leaves, and which datagrams overtake it
 * until then; what a blackhole or a full queue drops; and whether 32 MiB of datagrams wait in a direction already. In
 * this case the next datagram is dropped, as by a router whose memory is full.
 */
public record Faults(LinkFaults fromClients, LinkFaults fromServer, long seed) {
    /** A network without faults. */
    public static final Faults NONE = new Faults(LinkFaults.NONE, LinkFaults.NONE, 0);

    /** Makes random faults that are the same in both directions. */
    public Faults(
            double loss,
            double duplicate,
            double reorder,
            double corrupt,
            double truncate,
            Duration minDelay,
            Duration maxDelay,
            long seed) {
        this(new Chances(loss, duplicate, reorder, corrupt, truncate, minDelay, maxDelay), seed);
    }

    private Faults(Chances chances, long seed) {
        this(LinkFaults.of(chances, Map.of()), LinkFaults.of(chances, Map.of()), seed);
    }

    /** Returns whether every datagram arrives once, whole and without delay. */
    public boolean isNone() {
        return fromClients.isNone() && fromServer.isNone();
    }

    /**
     * Puts the faults between the transports of a provider and their network; returns the same provider if there are
     * none. Each transport gets another seed: otherwise the first datagrams of all exchanges would have the same
     * faults. The datagrams of all transports are numbered together, and share a line. The time begins now.
     *
     * <p>A transport belongs to its wrapper, which closes it. The wrapper keeps the rules of {@link Transport} with
     * this exception: to its sender, a datagram that is lost, delayed or held back has left. So a later failure to send
     * it is not reported, nor is a violation of rule 2.3, rule 2.4 or, for the address family, rule 2.5. Datagrams that
     * wait when the transport is closed are lost.
     */
    public TransportProvider wrap(TransportProvider provider) {
        return isNone() ? provider : new FaultyProvider(provider, this);
    }

    /** Puts the faults between the only transport of a client and its network. */
    public Transport wrap(Transport transport) {
        return wrap(transport, NanoClock.SYSTEM);
    }

    Transport wrap(Transport transport, NanoClock clock) {
        return isNone()
                ? transport
                : new FaultyTransport(
                        transport, this, new Route(fromClients), new Route(fromServer), clock, clock.nanoTime());
    }

    /** Returns the same faults with other random draws. */
    Faults withSeed(long other) {
        return new Faults(fromClients, fromServer, other);
    }
}
