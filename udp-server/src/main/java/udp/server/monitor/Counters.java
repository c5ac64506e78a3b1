package udp.server.monitor;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import udp.server.statistics.DropReason;
import udp.server.statistics.Statistics;

/** Counts of datagrams. One thread counts; any thread may read. */
final class Counters {
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong replied = new AtomicLong();
    private final Map<DropReason, AtomicLong> dropped = new EnumMap<>(DropReason.class);

    Counters() {
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, new AtomicLong());
        }
    }

    void countReceived() {
        increment(received);
    }

    void countReplied() {
        increment(replied);
    }

    void countDropped(DropReason reason) {
        increment(dropped.get(reason));
    }

    /** Returns the counts so far. */
    Statistics statistics() {
        Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);
        dropped.forEach((reason, count) -> {
            if (count.get() > 0) {
                counts.put(reason, count.get());
            }
        });
        long replies = replied.get(); // before the number that it is a part of
        return new Statistics(received.get(), replies, counts);
    }

    /** Adds 1. There is one writer, so no atomic addition is needed: others only have to see the number soon. */
    private static void increment(AtomicLong counter) {
        counter.lazySet(counter.getPlain() + 1);
    }
}
