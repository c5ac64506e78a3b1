package udp.server.monitor;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counted by one thread, read by any. */
public final class Counters {
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final Map<DropReason, AtomicLong> dropped = new EnumMap<>(DropReason.class);

    public Counters() {
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, new AtomicLong());
        }
    }

    public void received() {
        increment(received);
    }

    public void answered() {
        increment(answered);
    }

    public void dropped(DropReason reason) {
        increment(dropped.get(reason));
    }

    public Statistics statistics() {
        Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);
        dropped.forEach((reason, count) -> {
            if (count.get() > 0) {
                counts.put(reason, count.get());
            }
        });
        long answers = answered.get(); // before what it is a part of
        return new Statistics(received.get(), answers, counts);
    }

    /** There is one writer, so no atomic addition is needed, just that others see it soon. */
    private static void increment(AtomicLong counter) {
        counter.lazySet(counter.getPlain() + 1);
    }
}
