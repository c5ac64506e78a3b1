package udp.it.kit.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import udp.internal.text.Printable;

/** What the checked code prints: each line is marked as its own, and drives no terminal. */
final class CheckedOutput extends OutputStream {
    private static final int MAX_LINE = 1 << 13;

    private final PrintStream err;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private final String mark;
    private final int megabytes;
    private long left;

    /** Creates an output that passes on so much of what it gets, with a mark before each line. */
    CheckedOutput(PrintStream err, String mark, int megabytes) {
        this.err = err;
        this.mark = mark;
        this.megabytes = megabytes;
        left = (long) megabytes << 20;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length && left >= 0; i++) {
            write(bytes[i]);
        }
    }

    @Override
    public synchronized void write(int b) {
        if (left-- <= 0) {
            if (left == -1) {
                note("more than --output " + megabytes + " MB, the rest is cut");
            }
            return;
        }
        if (b == '\n') {
            end();
            return;
        }
        line.write(b);
        if (line.size() == MAX_LINE) {
            end();
        }
    }

    /** Prints the rest, also without the end of its line. */
    @Override
    public synchronized void flush() {
        if (line.size() > 0) {
            end();
        }
    }

    /** Prints a remark of the kit. */
    synchronized void note(String remark) {
        flush();
        err.println(mark + "(" + remark + ")");
    }

    private void end() {
        err.println(mark + Printable.line(line.toString(UTF_8).stripTrailing()));
        line.reset();
    }
}
