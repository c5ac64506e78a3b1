package udp.client.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads lines as bytes, whatever their encoding. */
public final class LineReader {
    private final InputStream in;
    private final int limit;

    /** Of a line longer than the limit no more than one byte beyond it is kept. */
    public LineReader(InputStream in, int limit) {
        this.in = new BufferedInputStream(in);
        this.limit = limit;
    }

    /** The next line without its {@code \n} or {@code \r\n}, which the last one may lack; null at the end. */
    public byte[] next() throws IOException {
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
