package udp.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private final Counters counters = new Counters();

    @Test
    void nothingHasHappenedAtFirst() {
        assertEquals(new Statistics(0, 0, Map.of()), counters.statistics());
        assertEquals("received 0, answered 0, dropped 0", counters.statistics().toString());
    }

    @Test
    void eachCounterCountsForItself() {
        for (int i = 0; i < 6; i++) {
            counters.received();
        }
        for (int i = 0; i < 2; i++) {
            counters.answered();
        }
        counters.dropped(DropReason.NO_REPLY);
        counters.dropped(DropReason.SEND_FAILED);
        counters.dropped(DropReason.SEND_FAILED);
        assertEquals(
                new Statistics(6, 2, Map.of(DropReason.NO_REPLY, 1L, DropReason.SEND_FAILED, 2L)),
                counters.statistics());
    }

    @Test
    void reasonsAreListedInTheirOrder() {
        for (DropReason reason : DropReason.values()) {
            counters.dropped(reason);
        }
        assertEquals(
                "received 0, answered 0, dropped 7"
                        + " (source refused 1, rate limited 1, loop suspected 1, no reply wanted 1, processor failed 1, answer too large 1, send failed 1)",
                counters.statistics().toString());
    }

    @Test
    void oneReasonNeedsNoComma() {
        assertEquals(
                "received 3, answered 2, dropped 1 (processor failed 1)",
                new Statistics(3, 2, Map.of(DropReason.PROCESSOR_FAILED, 1L)).toString());
    }

    @Test
    void countsBeyondAnIntAreAdded() {
        long many = 3_000_000_000L;
        assertEquals(
                "received 0, answered 0, dropped 6000000000 (no reply wanted 3000000000, send failed 3000000000)",
                new Statistics(0, 0, Map.of(DropReason.NO_REPLY, many, DropReason.SEND_FAILED, many)).toString());
    }

    @Test
    void aSnapshotStaysAsItIs() {
        Map<DropReason, Long> mutable = new EnumMap<>(DropReason.class);
        Statistics snapshot = new Statistics(1, 0, mutable);
        mutable.put(DropReason.NO_REPLY, 1L);
        assertEquals(Map.of(), snapshot.dropped());
        assertThrows(
                UnsupportedOperationException.class, () -> snapshot.dropped().put(DropReason.NO_REPLY, 1L));
    }

    @Test
    void aMapIsNeeded() {
        assertThrows(NullPointerException.class, () -> new Statistics(0, 0, null));
    }
}
