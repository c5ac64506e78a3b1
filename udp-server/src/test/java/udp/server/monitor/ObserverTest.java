package udp.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import udp.server.statistics.DropReason;
import udp.server.statistics.Statistics;
import udp.test.ScriptedTransport;

class ObserverTest {
    private static final InetSocketAddress PEER = ScriptedTransport.PEER;

    private final Observer observer = new Observer(new ServerLog(System::nanoTime), new KernelDrops(List.of()));

    @Test
    void eachRequestIsCountedAndRecordedOnce(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("server.jfr");
        Records records = Records.attach();
        try (Recording recording = new Recording()) {
            recording.start();
            observer.recordReceived(PEER, 5);
            observer.recordRefused(PEER, DropReason.RATE_LIMITED);
            observer.recordReceived(PEER, 5);
            observer.recordDropped(PEER, DropReason.NO_REPLY);
            observer.recordReceived(PEER, 5);
            observer.recordFailed(PEER, DropReason.SEND_FAILED, new IOException("no route"));
            observer.recordReceived(PEER, 5);
            observer.recordReplied(PEER, 7);
            recording.stop();
            recording.dump(file);
        } finally {
            records.close();
        }
        Map<DropReason, Long> dropped =
                Map.of(DropReason.RATE_LIMITED, 1L, DropReason.NO_REPLY, 1L, DropReason.SEND_FAILED, 1L);
        assertEquals(new Statistics(4, 1, dropped), observer.statistics());
        assertEquals(1, records.messages().size());
        List<String> events = RecordingFile.readAllEvents(file).stream()
                .map(event -> event.getEventType().getName())
                .filter(name -> name.startsWith("udp."))
                .toList();
        assertEquals(
                List.of(
                        "udp.Receive",
                        "udp.Drop", // A refused request begins no exchange.
                        "udp.Receive",
                        "udp.Drop",
                        "udp.Exchange",
                        "udp.Receive",
                        "udp.Drop",
                        "udp.Exchange",
                        "udp.Receive",
                        "udp.Send",
                        "udp.Exchange"),
                events);
    }
}
