package udp.it.kit;

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

    private CheckedOutput(PrintStream err) {
        this.err = err;
    }

    static PrintStream to(PrintStream err) {
        return new PrintStream(new CheckedOutput(err), false, UTF_8);
    }

    @Override
    public synchronized void write(int b) {
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

    private void end() {
        err.println("checked code: " + Printable.line(line.toString(UTF_8).stripTrailing()));
        line.reset();
    }
}
