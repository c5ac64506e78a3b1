package udp.server.processor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.test.ScriptedTransport;

/** Each processor replies as plain code does, or overflows if there is no room. */
class ProcessorsPropertyTest {
    @Property
    void upper(@ForAll("messages") byte[] message, @ForAll @IntRange(max = 200) int room) {
        String text = new String(message, UTF_8);
        assertReplies(
                new UpperProcessor(), message, text.toUpperCase(Locale.ROOT).getBytes(UTF_8), room);
    }

    @Property
    void reverse(@ForAll("messages") byte[] message, @ForAll @IntRange(max = 200) int room) {
        int[] characters = new String(message, UTF_8).codePoints().toArray();
        StringBuilder reversed = new StringBuilder();
        for (int i = characters.length; i > 0; i--) {
            reversed.appendCodePoint(characters[i - 1]);
        }
        assertReplies(new ReverseProcessor(), message, reversed.toString().getBytes(UTF_8), room);
    }

    @Property
    void echo(@ForAll("messages") byte[] message, @ForAll @IntRange(max = 200) int room) {
        assertReplies(new EchoProcessor(), message, message, room);
    }

    @Property
    void time(@ForAll("messages") byte[] message, @ForAll @IntRange(max = 200) int room) {
        TimeProcessor time = new TimeProcessor(() -> Instant.EPOCH.atZone(ZoneOffset.UTC));
        byte[] expected = "Thursday, January 1, 1970 00:00:00-Z\r\n".getBytes(US_ASCII);
        assertReplies(time, message, expected, room);
    }

    @Provide
    Arbitrary<byte[]> messages() {
        Arbitrary<Byte> anyBytes = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.bytes()),
                Tuple.of(1, Arbitraries.bytes().between((byte) 'A', (byte) 'z')),
                Tuple.of(1, Arbitraries.of((byte) 0xc3, (byte) 0xe2, (byte) 0xed, (byte) 0xf0, (byte) 0x9f)));
        return Arbitraries.oneOf(
                anyBytes.array(byte[].class).ofMaxSize(100),
                Arbitraries.strings().all().ofMaxLength(40).map(text -> text.getBytes(UTF_8)),
                Arbitraries.strings().ascii().ofMaxLength(100).map(text -> text.getBytes(UTF_8)));
    }

    /** The request and the reply lie in the middle of a direct buffer, as at a server, and of another. */
    private static void assertReplies(MessageProcessor processor, byte[] message, byte[] expected, int room) {
        ByteBuffer request = ByteBuffer.allocateDirect(message.length + 7).put(3, message);
        ByteBuffer reply = ByteBuffer.allocate(room + 7).position(3).limit(room + 3);
        try {
            Outcome outcome =
                    processor.process(request.position(3).limit(3 + message.length), reply, ScriptedTransport.PEER);
            assertEquals(Outcome.REPLY, outcome);
            byte[] bytes = new byte[reply.position() - 3];
            reply.get(3, bytes);
            assertArrayEquals(expected, bytes);
        } catch (BufferOverflowException e) {
            assertTrue(expected.length > room, expected.length + " bytes into " + room);
        }
        assertEquals(room + 3, reply.limit());
    }
}
