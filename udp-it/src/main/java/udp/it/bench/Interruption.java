package udp.it.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The interruption of a benchmark when its JVM has to end (Ctrl-C, SIGTERM). The thread that measures is interrupted, and has
 * a few seconds to write what it has measured.
 */
final class Interruption {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private final Thread measuring = Thread.currentThread();
    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread atExit = new Thread(this::interrupt, "udp-it bench interruption");

    private Interruption() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static Interruption ofThisThread() {
        return new Interruption();
    }

    /** Lets the JVM end, because everything is written. */
    void end() {
        written.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the JVM is ending
        }
    }

    private void interrupt() {
        measuring.interrupt();
        try {
            written.await(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // the JVM ends all the same
        }
    }
}
