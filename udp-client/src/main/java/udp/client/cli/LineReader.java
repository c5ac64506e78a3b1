package udp.client.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads lines as bytes, whatever their encoding. */
final class LineReader {
    private final InputStream in;
    private final int limit;

    /** Makes a reader that keeps at most one byte more than the limit of a line. */
    LineReader(InputStream in, int limit) {
        this.in = new BufferedInputStream(in);
        this.limit = limit;
    }

    /** Returns the next line without its {@code \n} or {@code \r\n}, which the last line may lack; null at the end. */
    byte[] next() throws IOException {
        int b = in.read();
        if (b < 0) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean carriageReturn = false; // held back until it is known whether a line feed follows
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (carriageReturn) {
                append(line, '\r');
            }
            carriageReturn = b == '\r';
            if (!carriageReturn) {
                append(line, b);
            }
        }
        if (carriageReturn && b < 0) {
            append(line, '\r');
        }
        return line.toByteArray();
    }

    private void append(ByteArrayOutputStream line, int b) {
        if (line.size() <= limit) {
            line.write(b);
        }
    }
}
