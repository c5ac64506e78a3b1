package udp.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import udp.api.MessageProcessor.Outcome;
import udp.internal.cli.Shell;
import udp.test.FakeTransport;
import udp.test.TestShell;

/** A pipe gets any reply unchanged, and a terminal gets no control characters that drive it. A line feed follows. */
class ReplyPrinterPropertyTest {
    private static final Pattern DRIVING = Pattern.compile("(?![\n\t]|\r\n)\\p{Cc}");

    @Property
    void aPipeGetsAnyReplyUnchanged(@ForAll byte[] reply) {
        byte[] printed = print(false, reply);
        assertEquals('\n', printed[printed.length - 1]);
        assertArrayEquals(reply, Arrays.copyOf(printed, printed.length - 1));
    }

    @Property
    void aTerminalIsNotDriven(@ForAll byte[] reply) {
        String printed = new String(print(true, reply), UTF_8);
        assertFalse(DRIVING.matcher(printed).find(), printed);
        assertEquals('\n', printed.charAt(printed.length() - 1));
    }

    private static byte[] print(boolean toTerminal, byte[] reply) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ReplyPrinter printer =
                new ReplyPrinter(new TestShell(toTerminal ? Set.of(Shell.OUT) : Set.of(), "").shell(written));
        ByteBuffer request = ByteBuffer.allocateDirect(reply.length).put(0, reply);
        assertEquals(Outcome.NO_REPLY, printer.process(request, ByteBuffer.allocate(1), FakeTransport.PEER));
        return written.toByteArray();
    }
}
