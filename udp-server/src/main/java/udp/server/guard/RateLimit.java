package udp.server.guard;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Limits the replies to each network, an IPv4 /24 or an IPv6 /64. So a server that is asked in somebody else's name does not
 * flood them. A network may save up the replies of one second.
 *
 * <p>A hash with a random key puts networks into a fixed number of slots. Networks in the same slot share its limit. That is
 * rare, and better than a table in which a newcomer resets somebody's count. Thread-safe.
 */
public final class RateLimit {
    /** No limit. */
    public static final RateLimit NONE = new RateLimit(0);

    private static final int SLOT_BITS = 14;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long interval; // between two replies, in nanoseconds; 0 if there is no limit
    private final KeyedHash hash = new KeyedHash(SLOT_BITS);
    private final AtomicLongArray free; // when a slot has saved up all (GCRA, the leaky bucket as a meter)

    private RateLimit(int perSecond) {
        interval = perSecond == 0 ? 0 : SECOND / perSecond;
        free = new AtomicLongArray(perSecond == 0 ? 0 : 1 << SLOT_BITS);
    }

    /** Returns a limit of so many replies a second, or none for 0. */
    public static RateLimit of(int perSecond) {
        return perSecond == 0 ? NONE : new RateLimit(perSecond);
    }

    /** Returns whether a reply to the peer is left, and takes it. The time must never go back. */
    boolean allows(InetSocketAddress peer, long nanoTime) {
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
