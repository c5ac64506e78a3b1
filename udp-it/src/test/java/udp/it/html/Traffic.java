package udp.it.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import udp.it.diagram.DiagramCommand;
import udp.test.TestShell;

/** The traces of a client and a server, with some fates, and the page of their diagram. */
final class Traffic {
    private static final String SERVER = "127.0.0.1:50007";

    private final StringBuilder client = new StringBuilder();
    private final StringBuilder server = new StringBuilder();
    private long nanos = 1_000_000_000;

    private Traffic() {}

    /** Returns the page of so many exchanges. Of ten, one loses its first request. */
    static Path page(Path folder, int exchanges) throws IOException {
        Traffic traffic = new Traffic();
        for (int i = 0; i < exchanges; i++) {
            traffic.exchange(i);
        }
        Path c = Files.writeString(folder.resolve("client.jsonl"), traffic.client);
        Path s = Files.writeString(folder.resolve("server.jsonl"), traffic.server);
        Path page = folder.resolve("diagram-of-" + exchanges + ".html");
        TestShell shell = new TestShell();
        assertEquals(
                0,
                DiagramCommand.run(shell.shell(), List.of("--html", page.toString(), c.toString(), s.toString())),
                shell.err());
        return page;
    }

    private void exchange(int number) {
        String local = "127.0.0.1:" + (40000 + number);
        String text = "message " + number;
        step(client, "udp-client", "connect()", local, SERVER, "");
        if (number % 10 == 3) {
            step(client, "udp-client", "sendto()", local, SERVER, data(text));
            step(client, "udp-client", "time-out", local, SERVER, ",\"note\":\"nothing within 100 ms\"");
        }
        step(client, "udp-client", "sendto()", local, SERVER, data(text));
        step(server, "udp-server", "recvfrom()", SERVER, local, data(text));
        step(server, "udp-server", "process request", SERVER, local, "");
        step(server, "udp-server", "sendto()", SERVER, local, data(text.toUpperCase(Locale.ROOT)));
        step(client, "udp-client", "recvfrom()", local, SERVER, data(text.toUpperCase(Locale.ROOT)));
        step(client, "udp-client", "close()", local, SERVER, "");
    }

    private static String data(String text) {
        return ",\"data\":\"" + HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) + "\"";
    }

    private void step(StringBuilder file, String program, String call, String local, String peer, String more) {
        nanos += 100_000;
        file.append("{\"time\":\"" + Instant.EPOCH.plusNanos(nanos) + "\",\"nanos\":" + nanos + ",\"program\":\""
                + program + "\",\"call\":\"" + call + "\",\"local\":\"" + local + "\",\"peer\":\"" + peer + "\"" + more
                + "}\n");
    }
}
