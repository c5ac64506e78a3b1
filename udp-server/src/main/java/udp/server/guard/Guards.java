package udp.server.guard;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import udp.internal.net.NanoClock;
import udp.server.statistics.DropReason;

/** The guards of one receive loop, in the order in which they check a request. One thread. */
public final class Guards {
    private final SourceFilter sources;
    private final RateLimit limit;
    private final NanoClock clock;
    private final LoopGuard loops = new LoopGuard();

    /**
     * Sets up the guards of a server.
     *
     * @param own the addresses that the server is bound to
     * @param limit shared by all workers of the server
     */
    public Guards(Set<InetSocketAddress> own, RateLimit limit) {
        this(new SourceFilter(own), limit, NanoClock.SYSTEM);
    }

    private Guards(SourceFilter sources, RateLimit limit, NanoClock clock) {
        this.sources = sources;
        this.limit = limit;
        this.clock = clock;
    }

    /** Returns guards for another receive loop of the same server. */
    public Guards another() {
        return another(clock);
    }

    /** Returns guards for another receive loop, in another time. */
    public Guards another(NanoClock time) {
        return new Guards(sources.another(), limit, time);
    }

    /** Returns why a request must not be served, or null if all guards let it pass. */
    public DropReason check(InetSocketAddress peer, ByteBuffer request) {
        long now = clock.nanoTime();
        if (sources.refuses(peer)) {
            return DropReason.SOURCE_REFUSED;
        }
        if (!limit.allows(peer, now)) {
            return DropReason.RATE_LIMITED;
        }
        if (!loops.allows(peer, request, now)) {
            return DropReason.LOOP_SUSPECTED;
        }
        return null;
    }

    /** Tells the guards of a reply that is about to be sent. */
    public void recordReply(InetSocketAddress peer, ByteBuffer reply) {
        loops.recordReply(peer, reply);
    }
}
