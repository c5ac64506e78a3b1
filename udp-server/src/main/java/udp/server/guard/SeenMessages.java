package udp.server.guard;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A set of what was said, in bounded memory: one bit for each, found by a hash, and all are forgotten once a quarter of
 * them is set. It may therefore believe to know what is new, or not know what is old. One thread.
 */
public final class SeenMessages {
    public static final int MOST = 1 << 18; // more than the datagrams that the buffers of a loop's sockets hold

    private static final int BITS = 4 * MOST;
    private static final int MOST_WORDS = 128; // of a datagram's content, each of eight bytes
    private static final long PRIME = 0x9e3779b97f4a7c15L;

    private final long[] words = new long[BITS / Long.SIZE];
    private int size;

    /** Returns whether it is new. */
    public boolean add(InetSocketAddress peer, ByteBuffer message) {
        int bit = (int) (hash(peer, message) >>> 40) & BITS - 1;
        long mask = 1L << bit;
        if ((words[bit / Long.SIZE] & mask) != 0) {
            return false;
        }
        if (++size > MOST) {
            Arrays.fill(words, 0);
            size = 1;
        }
        words[bit / Long.SIZE] |= mask;
        return true;
    }

    /** Of every byte up to a kilobyte, or else of that much: enough for a suspicion, and cheap for a large datagram too. */
    private static long hash(InetSocketAddress peer, ByteBuffer message) {
        int length = message.remaining();
        int end = message.limit();
        long hash = (long) peer.hashCode() << Integer.SIZE | length;
        int i = message.position();
        for (int step = Math.max(Long.BYTES, length / MOST_WORDS); i <= end - Long.BYTES; i += step) {
            hash = mix(hash ^ message.getLong(i));
        }
        for (; i < end; i++) {
            hash = mix(hash ^ message.get(i));
        }
        return mix(hash);
    }

    private static long mix(long hash) {
        long product = hash * PRIME;
        return product ^ product >>> Integer.SIZE;
    }
}
