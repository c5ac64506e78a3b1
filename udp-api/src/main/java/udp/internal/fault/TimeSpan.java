package udp.internal.fault;

import java.time.Duration;

/** A time from one moment to another, both counted from the start of a program. */
public record TimeSpan(Duration from, Duration to) {
    /** No time at all. */
    public static final TimeSpan NONE = new TimeSpan(Duration.ZERO, Duration.ZERO);

    boolean covers(long nanos) {
        return from.toNanos() <= nanos && nanos < to.toNanos();
    }
}
