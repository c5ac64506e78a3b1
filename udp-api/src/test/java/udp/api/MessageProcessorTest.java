package udp.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor.Outcome;

class MessageProcessorTest {
    private static final InetSocketAddress PEER = InetSocketAddress.createUnresolved("peer", 7);

    private final ByteBuffer answer = ByteBuffer.allocate(64);

    @Test
    void textIsDecodedAndEncodedAsUtf8() {
        MessageProcessor upper = MessageProcessor.ofText(text -> text.toUpperCase(Locale.ROOT));
        assertEquals(Outcome.REPLY, upper.process(utf8("grün 日本"), answer, PEER));
        assertEquals("GRÜN 日本", answered());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0xc0, 0xff})
    void malformedUtf8ArrivesAsTheReplacementCharacter(int wrong) {
        AtomicReference<String> seen = new AtomicReference<>();
        MessageProcessor.ofText(text -> {
                    seen.set(text);
                    return "";
                })
                .process(ByteBuffer.wrap(new byte[] {'a', (byte) wrong, 'b'}), answer, PEER);
        assertEquals("a\ufffdb", seen.get());
    }

    @Test
    void noTextMeansNoReply() {
        assertEquals(Outcome.NO_REPLY, MessageProcessor.ofText(text -> null).process(utf8("a"), answer, PEER));
        assertEquals(0, answer.position());
    }

    @Test
    void anEmptyTextIsAReply() {
        assertEquals(Outcome.REPLY, MessageProcessor.ofText(text -> "").process(utf8("a"), answer, PEER));
        assertEquals(0, answer.position());
    }

    @Test
    void noBytesMeanNoReply() {
        assertEquals(Outcome.NO_REPLY, MessageProcessor.ofBytes(bytes -> null).process(utf8("a"), answer, PEER));
        assertEquals(0, answer.position());
    }

    @Test
    void anEmptyArrayIsAReply() {
        assertEquals(
                Outcome.REPLY, MessageProcessor.ofBytes(bytes -> new byte[0]).process(utf8("a"), answer, PEER));
        assertEquals(0, answer.position());
    }

    @Test
    void anEmptyMessageIsAnEmptyText() {
        assertEquals(
                Outcome.REPLY,
                MessageProcessor.ofText(text -> "<" + text + ">").process(ByteBuffer.allocate(0), answer, PEER));
        assertEquals("<>", answered());
    }

    @Test
    void anAnswerThatDoesNotFitOverflows() {
        ByteBuffer small = ByteBuffer.allocate(3);
        MessageProcessor longer = MessageProcessor.ofText(text -> text + "!");
        assertThrows(BufferOverflowException.class, () -> longer.process(utf8("abc"), small, PEER));
    }

    @Test
    void anAnswerThatJustFitsIsAReply() {
        ByteBuffer small = ByteBuffer.allocate(3);
        assertEquals(Outcome.REPLY, MessageProcessor.ofText(text -> text).process(utf8("abc"), small, PEER));
        assertEquals(3, small.position());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theMessageIsWhatLiesBetweenPositionAndLimit(boolean direct) {
        ByteBuffer received = direct ? ByteBuffer.allocateDirect(8) : ByteBuffer.allocate(8);
        received.put(utf8("01234567")).position(2).limit(5);
        MessageProcessor.ofBytes(bytes -> bytes).process(received, answer, PEER);
        assertEquals("234", answered());
        assertEquals(5, received.position());
    }

    @Test
    void theAnswerGoesBehindWhatIsThere() {
        answer.put((byte) '>');
        MessageProcessor.ofText(text -> text).process(utf8("a"), answer, PEER);
        assertEquals(">a", answered());
    }

    @Test
    void theArrayIsTheFunctionsOwn() {
        byte[] backing = {1, 2, 3};
        AtomicReference<byte[]> seen = new AtomicReference<>();
        MessageProcessor.ofBytes(bytes -> {
                    seen.set(bytes);
                    bytes[0] = 9;
                    return null;
                })
                .process(ByteBuffer.wrap(backing), answer, PEER);
        assertNotSame(backing, seen.get());
        assertArrayEquals(new byte[] {1, 2, 3}, backing);
    }

    @Test
    void whatTheFunctionThrowsIsNotCaught() {
        UnaryOperator<String> failing = text -> {
            throw new IllegalStateException(text);
        };
        MessageProcessor processor = MessageProcessor.ofText(failing);
        assertEquals(
                "a",
                assertThrows(IllegalStateException.class, () -> processor.process(utf8("a"), answer, PEER))
                        .getMessage());
    }

    @Test
    void thereIsNoProcessorWithoutAFunction() {
        assertThrows(NullPointerException.class, () -> MessageProcessor.ofText(null));
        assertThrows(NullPointerException.class, () -> MessageProcessor.ofBytes(null));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private String answered() {
        return UTF_8.decode(answer.flip()).toString();
    }
}
