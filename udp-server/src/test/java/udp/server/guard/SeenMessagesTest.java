package udp.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenMessagesTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 4000);

    private final SeenMessages seen = new SeenMessages();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 17, 1024})
    void eachByteAndTheLengthMakeAMessageNew(int length) {
        assertTrue(seen.add(PEER, ByteBuffer.allocate(length)));
        assertFalse(seen.add(PEER, ByteBuffer.allocate(length)));
        assertTrue(seen.add(PEER, ByteBuffer.allocate(length + 1)));
        assertTrue(seen.add(new InetSocketAddress("127.0.0.1", 4001), ByteBuffer.allocate(length)));
        int collisions = 0;
        for (int at = 0; at < length; at++) {
            collisions += seen.add(PEER, ByteBuffer.allocate(length).put(at, (byte) 1)) ? 0 : 1;
        }
        assertTrue(collisions <= 5, collisions + " of " + length);
    }

    @Test
    void aQuarterOfTheBitsIsRememberedAndThenNothing() {
        ByteBuffer first = ByteBuffer.allocate(9);
        assertTrue(seen.add(PEER, first));
        int added = 1;
        for (int i = 0; !seen.add(PEER, first); i++) {
            added += seen.add(PEER, ByteBuffer.allocate(4).putInt(0, i)) ? 1 : 0;
        }
        assertEquals(SeenMessages.MAX_SIZE + 1, added);
    }
}
