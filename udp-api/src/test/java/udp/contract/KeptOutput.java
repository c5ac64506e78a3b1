package udp.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a process prints, of which the start or the end is kept. It is read to its end, so that the process goes on. */
final class KeptOutput {
    private final InputStream stream;
    private final int max;
    private final boolean keepsEnd;
    private final FutureTask<Void> reading;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean cut;

    private KeptOutput(InputStream stream, int max, boolean keepsEnd) {
        this.stream = stream;
        this.max = max;
        this.keepsEnd = keepsEnd;
        reading = KitAssertions.inThread(this::read);
    }

    static KeptOutput start(InputStream stream, int max) {
        return new KeptOutput(stream, max, false);
    }

    static KeptOutput end(InputStream stream, int max) {
        return new KeptOutput(stream, max, true);
    }

    /** Returns what is kept of what has come. */
    synchronized byte[] bytes() {
        byte[] bytes = kept.toByteArray();
        return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - max), bytes.length);
    }

    synchronized boolean isCut() {
        return cut;
    }

    /** Waits for the end of the output, but not for long: a process that was left behind may hold it open. */
    void awaitEnd() throws Exception {
        try {
            reading.get(KitAssertions.PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // what has come is all
        }
    }

    private Void read() {
        byte[] part = new byte[1 << 16];
        try (stream) {
            for (int n = stream.read(part); n >= 0; n = stream.read(part)) {
                keep(part, n);
            }
        } catch (IOException e) {
            // the process was killed: what came is all
        }
        return null;
    }

    private synchronized void keep(byte[] part, int n) {
        cut |= kept.size() + n > max;
        if (keepsEnd && kept.size() > 2 * max) {
            byte[] end = bytes();
            kept.reset();
            kept.writeBytes(end);
        }
        kept.write(part, 0, keepsEnd ? n : Math.min(n, max - kept.size()));
    }
}
