package udp.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import udp.api.MessageProcessor.Outcome;

/** The properties of the two factories: a reply has the same bytes, or overflows its buffer. */
class MessageProcessorPropertyTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7);

    @Property
    void bytesThatFitAreTheReply(@ForAll byte[] message, @ForAll @IntRange(max = 300) int room) {
        assertReply(message, message, room, MessageProcessor.ofBytes(UnaryOperator.identity()));
    }

    @Property
    void textIsDecodedAndEncodedAsTheJdkDoes(@ForAll byte[] message, @ForAll @IntRange(max = 300) int room) {
        byte[] expected = new String(message, UTF_8).getBytes(UTF_8);
        assertReply(expected, message, room, MessageProcessor.ofText(UnaryOperator.identity()));
    }

    private static void assertReply(byte[] expected, byte[] message, int room, MessageProcessor processor) {
        ByteBuffer reply = ByteBuffer.allocateDirect(room);
        try {
            assertEquals(
                    Outcome.REPLY, processor.process(ByteBuffer.wrap(message).asReadOnlyBuffer(), reply, PEER));
            assertArrayEquals(expected, bytes(reply.flip()));
        } catch (BufferOverflowException e) {
            assertTrue(expected.length > room, expected.length + " bytes in " + room);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
