package udp.server.guard;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A set of messages in bounded memory: a hash gives each message one bit, and all bits are cleared once a quarter of them
 * is set. False positives (hash collisions) and false negatives (after clearing) are possible. One thread.
 */
final class SeenMessages {
    static final int MAX_SIZE = 1 << 18; // more than the datagrams that the buffers of a loop's sockets hold

    private static final int BITS = 4 * MAX_SIZE;
    private static final int MAX_WORDS = 128; // of a message's content, each of eight bytes
    private static final long PRIME = 0x9e3779b97f4a7c15L;

    private final long[] words = new long[BITS / Long.SIZE];
    private int size;

    /** Adds a message and returns whether it is new. */
    boolean add(InetSocketAddress peer, ByteBuffer message) {
        int bit = (int) (hash(peer, message) >>> 40) & BITS - 1;
        long mask = 1L << bit;
        if ((words[bit / Long.SIZE] & mask) != 0) {
            return false;
        }
        if (++size > MAX_SIZE) {
            Arrays.fill(words, 0);
            size = 1;
        }
        words[bit / Long.SIZE] |= mask;
        return true;
    }

    /** Hashes every byte of up to a kilobyte, and a kilobyte of a larger message: a suspicion does not need more. */
    private static long hash(InetSocketAddress peer, ByteBuffer message) {
        int length = message.remaining();
        int end = message.limit();
        long hash = (long) peer.hashCode() << Integer.SIZE | length;
        int i = message.position();
        for (int step = Math.max(Long.BYTES, length / MAX_WORDS); i <= end - Long.BYTES; i += step) {
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
