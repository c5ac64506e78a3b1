package udp.it.html;

import static java.nio.charset.StandardCharsets.UTF_8;
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

/** The traces of a client, a relay and a server, and the page of their diagram. */
final class Traffic {
    private static final String RELAY = "127.0.0.1:50010";
    private static final String SERVER = "127.0.0.1:50007";

    private final StringBuilder client = new StringBuilder();
    private final StringBuilder relay = new StringBuilder();
    private final StringBuilder server = new StringBuilder();
    private long nanos = 1_000_000_000;
    private int requests;

    private Traffic() {}

    /** Returns the page of so many exchanges. Of ten, one loses its first request. */
    static Path page(Path folder, int exchanges) throws IOException {
        Traffic traffic = new Traffic();
        for (int i = 0; i < exchanges; i++) {
            traffic.exchange(i);
        }
        Path page = folder.resolve("diagram-of-" + exchanges + ".html");
        TestShell shell = new TestShell();
        List<String> arguments = List.of(
                "--html=" + page,
                Files.writeString(folder.resolve("client.jsonl"), traffic.client)
                        .toString(),
                Files.writeString(folder.resolve("relay.jsonl"), traffic.relay).toString(),
                Files.writeString(folder.resolve("server.jsonl"), traffic.server)
                        .toString());
        assertEquals(0, DiagramCommand.run(shell.shell(), arguments), shell.err());
        return page;
    }

    private void exchange(int number) {
        String port = "127.0.0.1:" + (40000 + number);
        String upstream = "127.0.0.1:" + (30000 + number);
        String request = data("message " + number);
        String reply = data("MESSAGE " + number);
        step(client, "udp-client", "connect()", port, RELAY, "");
        if (number % 10 == 3) {
            step(client, "udp-client", "sendto()", port, RELAY, request);
            step(relay, "udp-it proxy", "recvfrom()", RELAY, port, request + named("c" + ++requests, "lost"));
            step(client, "udp-client", "time-out", port, RELAY, ",\"note\":\"nothing within 100 ms\"");
        }
        step(client, "udp-client", "sendto()", port, RELAY, request);
        step(relay, "udp-it proxy", "recvfrom()", RELAY, port, request + named("c" + ++requests, "delivered"));
        step(relay, "udp-it proxy", "sendto()", upstream, SERVER, request + named("c" + requests, ""));
        step(server, "udp-server", "recvfrom()", SERVER, upstream, request);
        step(server, "udp-server", "sendto()", SERVER, upstream, reply);
        step(relay, "udp-it proxy", "recvfrom()", upstream, SERVER, reply + named("s" + (number + 1), "delivered"));
        step(relay, "udp-it proxy", "sendto()", RELAY, port, reply + named("s" + (number + 1), ""));
        step(client, "udp-client", "recvfrom()", port, RELAY, reply);
    }

    private static String data(String text) {
        return ",\"data\":\"" + HexFormat.of().formatHex(text.getBytes(UTF_8)) + "\"";
    }

    private static String named(String datagram, String fate) {
        return ",\"datagram\":\"" + datagram + "\"" + (fate.isEmpty() ? "" : ",\"fate\":\"" + fate + "\"");
    }

    private void step(StringBuilder file, String program, String call, String local, String peer, String more) {
        nanos += 100_000;
        file.append(String.format(
                Locale.ROOT,
                "{\"time\":\"%s\",\"nanos\":%d,\"program\":\"%s\",\"call\":\"%s\",\"local\":\"%s\",\"peer\":\"%s\"%s}%n",
                Instant.EPOCH.plusNanos(nanos),
                nanos,
                program,
                call,
                local,
                peer,
                more));
    }
}
