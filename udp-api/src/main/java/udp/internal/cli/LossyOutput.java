package udp.internal.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An output that never blocks its writers, even if it is a pipe that nobody reads: a thread writes what is queued. If the
 * queue is full, lines are lost, and their number is written as soon as there is room again. Thread-safe.
 */
public final class LossyOutput extends ByteArrayOutputStream {
    private static final int MAX_BYTES = 1 << 20;
    private static final long MAX_WAIT = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Set<Writer> WRITERS = ConcurrentHashMap.newKeySet();

    private final PrintStream out;
    private Writer writer; // null until there is something to write
    private boolean isInsideLine;
    private boolean isKept;

    LossyOutput(PrintStream out) {
        this.out = out;
    }

    /** Returns a stream that never blocks around one that may. */
    public static PrintStream around(PrintStream out) {
        String encoding = System.getProperty("stderr.encoding", System.getProperty("sun.stderr.encoding"));
        Charset charset = Charset.forName(encoding == null ? System.getProperty("native.encoding") : encoding);
        return new PrintStream(new LossyOutput(out), true, charset);
    }

    /** Waits a short time until what is queued is written. A program calls it at its end. */
    public static void awaitAll() {
        long start = System.nanoTime();
        for (Writer each : WRITERS) { // A stream costs a client for a single exchange 1 ms with JDK 17.
            while (each.pending.get() > 0 && System.nanoTime() - start < MAX_WAIT) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    /** Queues what was written since the last flush; a print stream flushes after each line. */
    @Override
    public synchronized void flush() {
        if (count == 0) {
            return;
        }
        byte[] text = toByteArray();
        reset();
        if (writer == null) {
            writer = Writer.start(out);
        }
        if (!isInsideLine) { // The print stream flushes a long line in pieces: it is kept whole, or lost.
            isKept = writer.pending.get() == 0 || writer.pending.get() + text.length <= MAX_BYTES;
        }
        if (isKept) {
            writer.add(text, !isInsideLine);
        } else {
            writer.lose(text);
        }
        isInsideLine = text[text.length - 1] != '\n';
    }

    /** The thread that writes. */
    private static final class Writer {
        private final PrintStream out;
        private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
        private final AtomicLong pending = new AtomicLong(); // bytes that are queued or being written
        private final AtomicLong lost = new AtomicLong(); // lines
        private boolean isDirect; // no thread can be started

        Writer(PrintStream out) {
            this.out = out;
        }

        static Writer start(PrintStream out) {
            Writer writer = new Writer(out);
            WRITERS.add(writer);
            try {
                Thread thread = new Thread(writer::writeAll, "udp output");
                thread.setDaemon(true);
                thread.start();
            } catch (OutOfMemoryError e) {
                writer.isDirect = true;
            }
            return writer;
        }

        /** Queues a text, which may be the beginning of a line. */
        void add(byte[] text, boolean isBeginning) {
            if (isBeginning && lost.get() > 0) {
                add(note(lost.getAndSet(0)));
            }
            add(text);
        }

        void lose(byte[] text) {
            lost.addAndGet(
                    new String(text, ISO_8859_1).chars().filter(c -> c == '\n').count());
        }

        private void add(byte[] text) {
            pending.addAndGet(text.length);
            if (isDirect) {
                writeOut(text);
            } else {
                queue.add(text);
            }
        }

        private void writeAll() {
            while (true) {
                try {
                    writeOut(queue.take());
                } catch (InterruptedException e) {
                    // Nobody may end this thread: others rely on it.
                } catch (RuntimeException | Error e) { // No heap may be left.
                    lost.incrementAndGet();
                }
            }
        }

        private void writeOut(byte[] text) {
            try {
                out.write(text, 0, text.length);
                if (text[text.length - 1] == '\n' && queue.isEmpty() && lost.get() > 0) {
                    byte[] note = note(lost.getAndSet(0));
                    out.write(note, 0, note.length);
                }
                out.flush();
            } finally {
                pending.addAndGet(-text.length);
            }
        }

        private static byte[] note(long lines) {
            return (lines + " lines of the log were lost\n").getBytes(US_ASCII);
        }
    }
}
