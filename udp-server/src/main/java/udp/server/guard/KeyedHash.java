package udp.server.guard;

import java.net.InetSocketAddress;
import java.util.SplittableRandom;

/** A hash with a random key: puts addresses into slots, so that nobody outside knows which share a slot. Thread-safe. */
final class KeyedHash {
    private static final long PRIME = 0x9e3779b97f4a7c15L;
    private static final int MAX_BITS = 24;

    private final long key = new SplittableRandom().nextLong();
    private final int mask;

    /** Makes a hash with 2 to the power of {@code bits} slots; 1 to 24 bits. */
    KeyedHash(int bits) {
        mask = (1 << bits) - 1;
    }

    /** Returns the slot of an address and port. */
    int slot(InetSocketAddress peer) {
        byte[] address = peer.getAddress().getAddress();
        if (address.length == 4) { // With constant indices, the JIT compiler never allocates the array.
            int ip = address[0] << 24 | (address[1] & 0xff) << 16 | (address[2] & 0xff) << 8 | address[3] & 0xff;
            return slot(mix(mix(key ^ ip) ^ peer.getPort()));
        }
        return slot(hash(mix(key ^ peer.getPort()), address, address.length));
    }

    /** Returns the slot of the first {@code length} bytes of an address. */
    int slot(byte[] address, int length) {
        return slot(hash(key, address, length));
    }

    private static long hash(long start, byte[] address, int length) {
        long hash = start;
        for (int i = 0; i < length; i++) {
            hash = mix(hash ^ address[i]);
        }
        return hash;
    }

    private int slot(long hash) {
        return (int) (hash >>> Long.SIZE - MAX_BITS) & mask;
    }

    private static long mix(long hash) {
        long product = hash * PRIME;
        return product ^ product >>> 29;
    }
}
