package udp.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import udp.api.MessageProcessor.Outcome;
import udp.client.Loopback;

/** A pipe gets any reply byte for byte, a terminal nothing that drives it; both a line feed behind it. */
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
        ReplyPrinter printer = new ReplyPrinter(new PrintStream(written, false, UTF_8), toTerminal);
        InetSocketAddress peer = new InetSocketAddress(Loopback.IPV4, 7);
        ByteBuffer received = ByteBuffer.allocateDirect(reply.length).put(0, reply);
        assertEquals(Outcome.NO_REPLY, printer.process(received, ByteBuffer.allocate(1), peer));
        return written.toByteArray();
    }
}
