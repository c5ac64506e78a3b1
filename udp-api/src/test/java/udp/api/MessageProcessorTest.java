package udp.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import udp.api.MessageProcessor.Outcome;

/** The tests of the two factories. That their processors keep the rules, the contract shows. */
class MessageProcessorTest {
    private static final InetSocketAddress PEER = InetSocketAddress.createUnresolved("peer", 7);

    private final ByteBuffer reply = ByteBuffer.allocate(64);

    @Test
    void textIsUtf8AndMalformedBytesAreTheReplacementCharacter() {
        byte[] request = "grün \uffff日本".getBytes(UTF_8);
        request[6] = (byte) 0xc0; // It was the first of the three bytes of U+FFFF.
        MessageProcessor.ofText(text -> text + "!").process(ByteBuffer.wrap(request), reply, PEER);
        assertEquals("grün \ufffd\ufffd\ufffd日本!", UTF_8.decode(reply.flip()).toString());
    }

    @Test
    void nullMeansNoReply() {
        ByteBuffer request = ByteBuffer.allocate(1);
        assertEquals(Outcome.NO_REPLY, MessageProcessor.ofText(text -> null).process(request, reply, PEER));
        assertEquals(Outcome.NO_REPLY, MessageProcessor.ofBytes(bytes -> null).process(request, reply, PEER));
        assertEquals(0, reply.position());
    }

    @Test
    void anEmptyReplyIsAReply() {
        ByteBuffer request = ByteBuffer.allocate(1);
        assertEquals(Outcome.REPLY, MessageProcessor.ofText(text -> "").process(request, reply, PEER));
        assertEquals(0, reply.position());
    }

    @Test
    void theFunctionGetsACopyOfTheRequest() {
        byte[] request = {1, 2, 3};
        MessageProcessor.ofBytes(bytes -> {
                    bytes[0] = 9;
                    return null;
                })
                .process(ByteBuffer.wrap(request), reply, PEER);
        assertArrayEquals(new byte[] {1, 2, 3}, request);
    }

    @Test
    void anExceptionOfTheFunctionIsNotCaught() {
        IllegalStateException failure = new IllegalStateException();
        UnaryOperator<String> failing = text -> {
            throw failure;
        };
        MessageProcessor processor = MessageProcessor.ofText(failing);
        assertSame(
                failure,
                assertThrows(
                        IllegalStateException.class, () -> processor.process(ByteBuffer.allocate(1), reply, PEER)));
    }

    @Test
    void thereIsNoProcessorWithoutAFunction() {
        assertThrows(NullPointerException.class, () -> MessageProcessor.ofText(null));
        assertThrows(NullPointerException.class, () -> MessageProcessor.ofBytes(null));
    }
}
