package udp.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import udp.api.MessageProcessor.Outcome;
import udp.internal.cli.Shell;
import udp.test.FakeTransport;
import udp.test.TestShell;

class ReplyPrinterTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void aPipeGetsTheBytesUnchangedAndALineFeed() {
        byte[] reply = {0, 'a', '\r', '\n', 27, '[', '2', 'J', (byte) 0xff, (byte) 0xc3, (byte) 0x9b};
        byte[] line = {0, 'a', '\r', '\n', 27, '[', '2', 'J', (byte) 0xff, (byte) 0xc3, (byte) 0x9b, '\n'};
        print(false, reply);
        assertArrayEquals(line, written.toByteArray());
    }

    @Test
    void aTerminalGetsControlCharactersEscaped() {
        print(true, "a\u001b[2Jb".getBytes(UTF_8));
        assertEquals("a\\u001b[2Jb\n", written.toString(UTF_8));
    }

    @Test
    void anEmptyReplyIsAnEmptyLine() {
        print(false, new byte[0]);
        assertEquals("\n", written.toString(UTF_8));
    }

    @Test
    void onlyTheBytesFromPositionToLimitArePrinted() {
        ByteBuffer reply = ByteBuffer.wrap("<<pong>>".getBytes(UTF_8), 2, 4);
        printer(false, written).process(reply, ByteBuffer.allocate(10), FakeTransport.PEER);
        assertEquals("pong\n", written.toString(UTF_8));
    }

    @Test
    void aReplyEndsTheExchange() {
        assertEquals(Outcome.NO_REPLY, print(false, new byte[] {'a'}));
    }

    @Test
    void aClosedOutputIsAFailure() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ReplyPrinter printer = printer(false, closed);
        UncheckedIOException failure = assertThrows(
                UncheckedIOException.class,
                () -> printer.process(ByteBuffer.allocate(1), ByteBuffer.allocate(10), FakeTransport.PEER));
        assertEquals("standard output could not be written", failure.getCause().getMessage());
    }

    private Outcome print(boolean toTerminal, byte[] reply) {
        return printer(toTerminal, written)
                .process(ByteBuffer.wrap(reply), ByteBuffer.allocate(10), FakeTransport.PEER);
    }

    private static ReplyPrinter printer(boolean toTerminal, OutputStream out) {
        return new ReplyPrinter(new TestShell(toTerminal ? Set.of(Shell.OUT) : Set.of(), "").shell(out));
    }
}
