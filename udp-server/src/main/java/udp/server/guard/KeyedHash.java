package udp.server.guard;

import java.net.InetSocketAddress;
import java.util.SplittableRandom;

/** Puts addresses into a fixed number of slots, so that nobody outside knows which of them share one. Thread-safe. */
public final class KeyedHash {
    private static final long PRIME = 0x9e3779b97f4a7c15L;
    private static final int MOST_BITS = 24;

    private final long secret = new SplittableRandom().nextLong();
    private final int mask;

    /** The number of slots is 2 to the power of the bits, which are 1 to 24. */
    public KeyedHash(int bits) {
        mask = (1 << bits) - 1;
    }

    /** The slot for an address and port. */
    public int slot(InetSocketAddress peer) {
        byte[] address = peer.getAddress().getAddress();
        if (address.length == 4) { // by constant indices, with which the array is never made
            int ip = address[0] << 24 | (address[1] & 0xff) << 16 | (address[2] & 0xff) << 8 | address[3] & 0xff;
            return slot(mix(mix(secret ^ ip) ^ peer.getPort()));
        }
        return slot(hash(mix(secret ^ peer.getPort()), address, address.length));
    }

    /** The slot for the first bytes of an address, as many as the length says. */
    public int slot(byte[] address, int length) {
        return slot(hash(secret, address, length));
    }

    private static long hash(long start, byte[] address, int length) {
        long hash = start;
        for (int i = 0; i < length; i++) {
            hash = mix(hash ^ address[i]);
        }
        return hash;
    }

    private int slot(long hash) {
        return (int) (hash >>> Long.SIZE - MOST_BITS) & mask;
    }

    private static long mix(long hash) {
        long product = hash * PRIME;
        return product ^ product >>> 29;
    }
}
