package udp.server.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final long BEYOND_INT = 3_000_000_000L;

    @Test
    void dropsAreShownByReasonInTheOrderOfTheirKind() {
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, 1L);
        }
        assertEquals(
                "received 0, replied 0, dropped 7"
                        + " (source refused 1, rate limited 1, loop suspected 1, no reply wanted 1, processor failed 1, reply too large 1, send failed 1)",
                new Statistics(0, 0, dropped).toString());
    }

    @Test
    void reasonsAreLeftOutIfNothingWasDropped() {
        assertEquals("received 2, replied 2, dropped 0", new Statistics(2, 2, Map.of()).toString());
    }

    @Test
    void largeCountsAreAdded() {
        Statistics one = new Statistics(BEYOND_INT, BEYOND_INT, Map.of(DropReason.NO_REPLY, BEYOND_INT));
        Statistics other = new Statistics(3, 2, Map.of(DropReason.NO_REPLY, BEYOND_INT, DropReason.SEND_FAILED, 1L));
        assertEquals(
                "received 3000000003, replied 3000000002, dropped 6000000001 (no reply wanted 6000000000, send failed 1)",
                one.plus(other).toString());
    }

    @Test
    void statisticsDoNotChange() {
        Map<DropReason, Long> mutable = new EnumMap<>(DropReason.class);
        Statistics statistics = new Statistics(1, 0, mutable);
        mutable.put(DropReason.NO_REPLY, 1L);
        assertEquals(Map.of(), statistics.dropped());
        assertThrows(
                UnsupportedOperationException.class, () -> statistics.dropped().put(DropReason.NO_REPLY, 1L));
    }
}
