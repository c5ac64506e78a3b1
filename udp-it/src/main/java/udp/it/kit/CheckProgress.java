package udp.it.kit;

import java.io.Closeable;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import udp.internal.cli.Shell;

/** The lines on a terminal that say every few seconds how far a check is. Nothing is said where nobody looks. */
final class CheckProgress implements Closeable {
    private static final long EVERY_MILLIS = 4000;

    private final PrintStream err;
    private final boolean isShown;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);

    CheckProgress(Shell shell, Supplier<String> progress) {
        this(shell, progress, EVERY_MILLIS);
    }

    CheckProgress(Shell shell, Supplier<String> progress, long everyMillis) {
        err = shell.err();
        isShown = shell.isTerminal(Shell.ERR);
        thread = new Thread(() -> show(progress, everyMillis), "udp-it progress");
        thread.setDaemon(true);
    }

    /** Says it from now on. */
    void start() {
        if (isShown) {
            thread.start();
        }
    }

    private void show(Supplier<String> progress, long everyMillis) {
        String said = "";
        try {
            while (!ended.await(everyMillis, TimeUnit.MILLISECONDS)) {
                String now = progress.get();
                if (!now.equals(said)) {
                    err.println("udp-it check: " + now);
                    err.flush();
                }
                said = now;
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread.
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
