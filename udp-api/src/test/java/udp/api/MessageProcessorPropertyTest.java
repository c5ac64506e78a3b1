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

/** Any bytes are an answer, or overflow what there is room for. */
class MessageProcessorPropertyTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7);

    @Property
    void bytesAreAnsweredUnchangedWhereTheyFit(@ForAll byte[] message, @ForAll @IntRange(max = 300) int room) {
        assertAnswer(message, message, room, MessageProcessor.ofBytes(UnaryOperator.identity()));
    }

    @Property
    void textIsDecodedAndEncodedAsTheJdkDoes(@ForAll byte[] message, @ForAll @IntRange(max = 300) int room) {
        byte[] expected = new String(message, UTF_8).getBytes(UTF_8);
        assertAnswer(expected, message, room, MessageProcessor.ofText(UnaryOperator.identity()));
    }

    private static void assertAnswer(byte[] expected, byte[] message, int room, MessageProcessor processor) {
        ByteBuffer answer = ByteBuffer.allocateDirect(room);
        try {
            assertEquals(
                    Outcome.REPLY, processor.process(ByteBuffer.wrap(message).asReadOnlyBuffer(), answer, PEER));
            assertArrayEquals(expected, bytes(answer.flip()));
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
