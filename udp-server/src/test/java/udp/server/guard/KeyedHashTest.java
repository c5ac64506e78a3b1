package udp.server.guard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each byte of an address, and of a port, decides about the slot. Two of the 16 million slots are seldom the same. */
class KeyedHashTest {
    private static final int PORT = 0x1005;

    private final KeyedHash hash = new KeyedHash(24);

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void eachByteChangesTheSlot(int length) throws UnknownHostException {
        for (int at = 0; at < length; at++) {
            Set<Integer> slots = new HashSet<>();
            Set<Integer> networks = new HashSet<>();
            for (int value = 0; value < 256; value++) {
                byte[] address = new byte[length];
                address[length - 1] = 1;
                address[at] = (byte) value;
                slots.add(hash.slot(new InetSocketAddress(InetAddress.getByAddress(address), PORT)));
                networks.add(hash.slot(address, length));
            }
            assertTrue(slots.size() > 250 && networks.size() > 250, slots.size() + " slots of byte " + at);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void eachPortHasItsSlot(String host) {
        Set<Integer> slots = new HashSet<>();
        for (int port = 1; port <= 65_535; port += 13) {
            slots.add(hash.slot(new InetSocketAddress(host, port)));
        }
        assertTrue(slots.size() > 5_000, slots.size() + " slots of 5,042 ports");
    }
}
