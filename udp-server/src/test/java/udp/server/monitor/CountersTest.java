package udp.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import udp.server.statistics.DropReason;
import udp.server.statistics.Statistics;

class CountersTest {
    @Test
    void eachCounterCountsForItself() {
        Counters counters = new Counters();
        assertEquals(new Statistics(0, 0, Map.of()), counters.statistics());
        for (int i = 0; i < 6; i++) {
            counters.countReceived();
        }
        counters.countReplied();
        counters.countReplied();
        counters.countDropped(DropReason.NO_REPLY);
        counters.countDropped(DropReason.SEND_FAILED);
        counters.countDropped(DropReason.SEND_FAILED);
        assertEquals(
                new Statistics(6, 2, Map.of(DropReason.NO_REPLY, 1L, DropReason.SEND_FAILED, 2L)),
                counters.statistics());
    }
}
