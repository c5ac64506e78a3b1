package udp.server.guard;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A set of messages in bounded memory: a hash gives each message one bit, and all bits are cleared once a quarter of them
 * is set. False positives (hash collisions) and false negatives (after clearing) are possible. One thread.
 */
final class SeenMessages {
    private static final int INDEX_BITS = 20; // The set has 2 to the power of 20 bits.
    static final int MAX_SIZE =
            1 << INDEX_BITS - 2; // more than the datagrams that the buffers of a loop's sockets hold

    private static final long PRIME = 0x9e3779b97f4a7c15L;

    private final long[] words = new long[(1 << INDEX_BITS) / Long.SIZE];
    private final CRC32C crc = new CRC32C();
    private int size;

    /** Adds a message and returns whether it is new. */
    boolean add(InetSocketAddress peer, ByteBuffer message) {
        long hash = ((long) peer.hashCode() << Integer.SIZE | checksum(message)) * PRIME;
        int bit = (int) (hash >>> Long.SIZE - INDEX_BITS);
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

    /** Returns the checksum of the whole content. The JVM has fast machine code for CRC-32C. */
    private long checksum(ByteBuffer message) {
        int position = message.position();
        crc.reset();
        crc.update(message);
        message.position(position);
        return crc.getValue();
    }
}
