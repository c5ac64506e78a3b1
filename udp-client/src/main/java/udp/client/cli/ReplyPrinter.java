package udp.client.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.MessageProcessor;
import udp.internal.cli.Shell;
import udp.internal.text.Printable;

/** Prints a reply as one line: its bytes as they are or, on a terminal, with escapes for what could drive the terminal. */
public final class ReplyPrinter implements MessageProcessor {
    private final PrintStream out;
    private final boolean toTerminal;

    /** Makes a printer to standard output. */
    public ReplyPrinter(Shell shell) {
        this.out = shell.out();
        this.toTerminal = shell.isTerminal(Shell.OUT);
    }

    @Override
    public Outcome process(ByteBuffer received, ByteBuffer request, InetSocketAddress peer) {
        byte[] reply = new byte[received.remaining()];
        received.get(reply);
        byte[] printed = toTerminal ? Printable.terminal(reply) : reply;
        out.write(printed, 0, printed.length);
        out.write('\n');
        if (out.checkError()) { // It flushes too.
            throw new UncheckedIOException(new IOException("standard output could not be written"));
        }
        return Outcome.NO_REPLY;
    }
}
