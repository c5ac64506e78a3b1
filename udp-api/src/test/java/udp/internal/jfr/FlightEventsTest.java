package udp.internal.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightEventsTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 4242);

    private static void happen() {
        Object begun = FlightEvents.beginExchange();
        FlightEvents.recordReceived(PEER, 5);
        FlightEvents.recordDropped(PEER, 6, "rate limited");
        FlightEvents.recordRetransmission(PEER, 2);
        FlightEvents.recordSent(PEER, 7);
        FlightEvents.recordExchange(begun, PEER, true, 3);
    }

    @Test
    void whatHappensIsRecordedByDefaultWithoutStackTraces(@TempDir Path folder) throws IOException {
        happen(); // not recorded
        Path file = folder.resolve("test.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            happen();
            recording.stop();
            assertNull(FlightEvents.beginExchange(), "nobody records any more");
            happen();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("udp."))
                .toList();
        assertEquals(5, events.size());
        for (RecordedEvent event : events) {
            assertEquals(List.of("UDP"), event.getEventType().getCategoryNames());
            assertEquals("127.0.0.1", event.getString("address"));
            assertEquals(4242, event.getInt("port"));
            assertNull(event.getStackTrace());
            assertNotNull(event.getEventType().getDescription());
        }
        assertEquals(5, only("udp.Receive", events).getInt("bytes"));
        assertEquals(6, only("udp.Drop", events).getInt("bytes"));
        assertEquals("rate limited", only("udp.Drop", events).getString("reason"));
        assertEquals(2, only("udp.Retransmission", events).getInt("number"));
        assertEquals(7, only("udp.Send", events).getInt("bytes"));
        assertEquals(3, only("udp.Exchange", events).getInt("tries"));
        assertEquals(true, only("udp.Exchange", events).getBoolean("replied"));
    }

    private static RecordedEvent only(String name, List<RecordedEvent> events) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
