package udp.internal.net;

import java.util.concurrent.locks.LockSupport;

/** The time of this computer. A subclass has the time of a simulated network. It never goes back. Thread-safe. */
public class NanoClock {
    /** The time of this computer. */
    public static final NanoClock SYSTEM = new NanoClock();

    protected NanoClock() {}

    /** Returns the time in nanoseconds since any moment, as {@link System#nanoTime} does. */
    public long nanoTime() {
        return System.nanoTime();
    }

    /** Lets time pass. An interrupt, or {@link LockSupport#unpark}, ends the pause early. */
    public void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }
}
