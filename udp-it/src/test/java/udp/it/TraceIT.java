package udp.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.it.Jvm.jar;
import static udp.it.Jvm.java;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.test.Loopback;

/** The traces of both programs, and the diagram that is drawn from them. */
@Timeout(60)
class TraceIT {
    @TempDir
    Path folder;

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @ParameterizedTest
    @CsvSource({"channel, 127.0.0.1, hello", "socket, ::1, hello", "channel, 127.0.0.1, ''", "socket, 127.0.0.1, ''"})
    void bothFilesGiveOneDiagram(String transport, String address, String message) throws Exception {
        Loopback.assumed(address);
        try (Jvm server = Jvm.start(
                java("-jar", jar("server"), "-p", "0", "-b", address, "-t", transport, "--trace-file", file("s")),
                Map.of())) {
            String port = String.valueOf(server.port());
            Jvm.Result client = Jvm.run(
                    "",
                    java(
                            "-jar",
                            jar("client"),
                            "-t",
                            transport,
                            "--trace-file",
                            file("c"),
                            "-m",
                            message,
                            address,
                            port));
            assertEquals("", client.err());
            server.terminate();
        }
        Jvm.Result diagram = Jvm.run("", java("-jar", jar("it"), "diagram", "--html", file("d"), file("c"), file("s")));
        assertEquals(0, diagram.status(), diagram.err());
        assertTrue(diagram.out().contains("2 datagrams: 2 delivered; not shown: "), diagram.out());
        assertTrue(Files.readString(Path.of(file("d"))).contains("</html>"));
    }

    @Test
    void duplicatesShow() throws Exception {
        try (Jvm server = Jvm.start(
                java("-jar", jar("server"), "-p", "0", "--duplicate", "1", "--trace-file", file("s")), Map.of())) {
            String port = String.valueOf(server.port());
            List<String> client = java("-jar", jar("client"), "--trace-file", file("c"), "-m", "hello");
            client.addAll(List.of("-w", "20s", "127.0.0.1", port)); // long enough to send only once
            assertEquals("HELLO\n", Jvm.run("", client).out());
            server.terminate();
        }
        Jvm.Result diagram = Jvm.run("", java("-jar", jar("it"), "diagram", file("c"), file("s")));
        assertTrue(diagram.out().contains(" duplicate after "), diagram.out());
        assertTrue(diagram.out()
                .lines()
                .filter(line -> !line.contains("datagrams: "))
                .allMatch(line -> line.length() <= 80));
    }

    @Test
    void aFlightRecordingHasTheEvents() throws Exception {
        Path recording = folder.resolve("server.jfr");
        try (Jvm server = Jvm.start(
                java("-XX:StartFlightRecording:filename=" + recording, "-jar", jar("server"), "-p", "0"), Map.of())) {
            // the recorder prints its lines first
            String port = String.valueOf(server.port());
            assertEquals(
                    "HELLO\n",
                    Jvm.run("", java("-jar", jar("client"), "-m", "hello", "127.0.0.1", port))
                            .out());
            server.terminate();
        }
        assertEquals(
                List.of("udp.Exchange", "udp.Receive", "udp.Send"),
                List.copyOf(RecordingFile.readAllEvents(recording).stream()
                        .map(event -> event.getEventType().getName())
                        .filter(name -> name.startsWith("udp."))
                        .collect(Collectors.toCollection(TreeSet::new))));
    }
}
