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

/** Each processor gives the answer that the plainest code gives, or overflows if there is no room for it. */
class ProcessorsPropertyTest {
    @Property
    void upper(@ForAll("messages") byte[] message, @ForAll @IntRange(max = 200) int room) {
        String text = new String(message, UTF_8);
        assertAnswers(
                new UpperProcessor(), message, text.toUpperCase(Locale.ROOT).getBytes(UTF_8), room);
    }

    @Property
    void reverse(@ForAll("messages") byte[] message, @ForAll @IntRange(max = 200) int room) {
        int[] characters = new String(message, UTF_8).codePoints().toArray();
        StringBuilder reversed = new StringBuilder();
        for (int i = characters.length; i > 0; i--) {
            reversed.appendCodePoint(characters[i - 1]);
        }
        assertAnswers(new ReverseProcessor(), message, reversed.toString().getBytes(UTF_8), room);
    }

    @Property
    void echo(@ForAll("messages") byte[] message, @ForAll @IntRange(max = 200) int room) {
        assertAnswers(new EchoProcessor(), message, message, room);
    }

    @Property
    void time(@ForAll("messages") byte[] message, @ForAll @IntRange(max = 200) int room) {
        TimeProcessor time = new TimeProcessor(() -> Instant.EPOCH.atZone(ZoneOffset.UTC));
        byte[] expected = "Thursday, January 1, 1970 00:00:00-Z\r\n".getBytes(US_ASCII);
        assertAnswers(time, message, expected, room);
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

    /** In the middle of direct buffers, as a server's are, and of others. */
    private static void assertAnswers(MessageProcessor processor, byte[] message, byte[] expected, int room) {
        ByteBuffer received = ByteBuffer.allocateDirect(message.length + 7).put(3, message);
        ByteBuffer answer = ByteBuffer.allocate(room + 7).position(3).limit(room + 3);
        try {
            Outcome outcome =
                    processor.process(received.position(3).limit(3 + message.length), answer, ScriptedTransport.PEER);
            assertEquals(Outcome.REPLY, outcome);
            byte[] bytes = new byte[answer.position() - 3];
            answer.get(3, bytes);
            assertArrayEquals(expected, bytes);
        } catch (BufferOverflowException e) {
            assertTrue(expected.length > room, expected.length + " bytes into " + room);
        }
        assertEquals(room + 3, answer.limit());
    }
}
