package udp.internal.fault;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import udp.internal.net.NanoClock;

/** A clock that stands still until a test lets time pass. A pause counts from the time that its thread has seen last. */
final class ManualClock extends NanoClock {
    private final AtomicLong now = new AtomicLong(-7); // A clock may begin anywhere.
    private final ThreadLocal<Long> seen = new ThreadLocal<>();
    private final Map<Thread, Long> paused = new ConcurrentHashMap<>(); // each thread with the end of its pause

    void pass(Duration time) {
        long until = now.addAndGet(time.toNanos());
        paused.forEach((thread, end) -> {
            if (end <= until) {
                LockSupport.unpark(thread);
            }
        });
    }

    /** Waits until a thread pauses for so long from now on. */
    void awaitPause(Duration left) {
        long until = now.get() + left.toNanos();
        while (paused.entrySet().stream()
                .noneMatch(each -> each.getValue() == until && each.getKey().getState() == Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public long nanoTime() {
        seen.set(now.get());
        return seen.get();
    }

    @Override
    public void pause(long nanos) {
        long end = nanos == Long.MAX_VALUE ? nanos : seen.get() + nanos;
        paused.put(Thread.currentThread(), end);
        if (now.get() < end) {
            LockSupport.park(this);
        }
    }
}
