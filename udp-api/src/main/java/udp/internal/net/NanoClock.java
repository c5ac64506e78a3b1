package udp.internal.net;

import java.util.concurrent.locks.LockSupport;

/** The time of a network: the time of this computer, or that of a simulated network. It never goes back. Thread-safe. */
@FunctionalInterface
public interface NanoClock {
    /** The time of this computer. It is no lambda, because a class archive cannot hold an interface's lambdas. */
    NanoClock SYSTEM = new NanoClock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    };

    /** Returns the time in nanoseconds since any moment, as {@link System#nanoTime} does. */
    long nanoTime();

    /** Lets time pass. An interrupt, or {@link LockSupport#unpark}, ends the pause early. */
    default void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }
}
