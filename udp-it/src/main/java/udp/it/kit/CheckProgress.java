package udp.it.kit;

import java.io.Closeable;
import java.io.PrintStream;
import java.util.function.Supplier;
import udp.internal.cli.Shell;

/** The line at the bottom of a terminal that says how far a check is. Nothing is shown where nobody looks. */
final class CheckProgress implements Closeable {
    private static final long EVERY_MILLIS = 300;
    private static final int MAX_WIDTH = 78;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream err;
    private final Thread thread;
    private final boolean isShown;

    CheckProgress(Shell shell, Supplier<String> progress) {
        err = shell.err();
        thread = new Thread(() -> show(progress), "udp-it progress");
        thread.setDaemon(true);
        isShown = shell.isTerminal(Shell.ERR);
    }

    /** Shows the line from now on. */
    void start() {
        if (isShown) {
            thread.start();
        }
    }

    private void show(Supplier<String> progress) {
        try {
            while (!Thread.interrupted()) {
                String line = progress.get();
                err.print(CLEAR + line.substring(0, Math.min(MAX_WIDTH, line.length())));
                err.flush();
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            // It has been shown long enough.
        }
        err.print(CLEAR);
        err.flush();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
