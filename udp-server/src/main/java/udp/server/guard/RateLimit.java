package udp.server.guard;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Limits the answers to each network, an IPv4 /24 or an IPv6 /64, so that a server that is asked in somebody else's name
 * does not flood them. A network may use what it has saved up, one second's worth.
 *
 * <p>Networks fall into a fixed number of slots by a hash that nobody outside knows. Those that share one share its limit
 * too: rather that, by chance, than a newcomer that resets somebody's count. Thread-safe.
 */
public final class RateLimit {
    public static final RateLimit NONE = new RateLimit(0);

    private static final int SLOT_BITS = 14;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long interval; // between two answers, in nanoseconds; 0: no limit
    private final KeyedHash hash = new KeyedHash(SLOT_BITS);
    private final AtomicLongArray free; // when a slot would have saved up all (GCRA, the leaky bucket as a meter)

    /** Answers a second, or 0 for as many as are asked for. */
    public RateLimit(int perSecond) {
        interval = perSecond == 0 ? 0 : SECOND / perSecond;
        free = new AtomicLongArray(perSecond == 0 ? 0 : 1 << SLOT_BITS);
    }

    /** Whether there is an answer left for the peer, which is used up then; the time never goes back. */
    public boolean allows(InetSocketAddress peer, long nanoTime) {
        return interval == 0 || take(slot(peer), nanoTime);
    }

    private boolean take(int slot, long now) {
        while (true) {
            long last = free.get(slot);
            long next = (last == 0 || last - now < 0 ? now : last) + interval;
            if (next - now > SECOND) {
                return false;
            }
            if (free.compareAndSet(slot, last, next)) {
                return true;
            }
        }
    }

    private int slot(InetSocketAddress peer) {
        byte[] address = peer.getAddress().getAddress();
        return hash.slot(address, address.length == 4 ? 3 : 8);
    }
}
