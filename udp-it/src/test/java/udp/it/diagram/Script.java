package udp.it.diagram;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A writer of trace files. Times are in milliseconds; the clocks of both sides differ by a constant. */
final class Script {
    static final String CLIENT = "127.0.0.1:40000";
    static final String SERVER = "127.0.0.1:50007";

    private final StringBuilder client = new StringBuilder();
    private final StringBuilder server = new StringBuilder();
    private final StringBuilder relay = new StringBuilder();
    private final long serverNanosAhead;

    Script() {
        this(0);
    }

    /** Sets the origin of the server's monotonic clock, as on another machine. */
    Script(long serverNanosAhead) {
        this.serverNanosAhead = serverNanosAhead;
    }

    Script client(double at, String call, String data) {
        client.append(line("udp-client", at, 0, call, CLIENT, SERVER, data, ""));
        return this;
    }

    Script clientNote(double at, String call, String note) {
        client.append(line("udp-client", at, 0, call, CLIENT, SERVER, null, ",\"note\":\"" + note + "\""));
        return this;
    }

    /** Sends again: a step without a method of Java and without addresses. */
    Script clientRetransmits(double at, String reason) {
        client.append(line("udp-client", at, 0, "retransmission", null, null, null, ",\"note\":\"" + reason + "\""));
        return this;
    }

    /** Binds the client's port at every address. */
    Script clientBinds(double at) {
        String any = CLIENT.replace("127.0.0.1", "0.0.0.0");
        client.append(line("udp-client", at, 0, "bind()", any, SERVER, null, ""));
        return this;
    }

    Script clientFailure(double at, String call, String failure) {
        client.append(line("udp-client", at, 0, call, CLIENT, SERVER, "x", ",\"failure\":\"" + failure + "\""));
        return this;
    }

    Script server(double at, String call, String data) {
        return server(at, call, data, CLIENT);
    }

    Script server(double at, String call, String data, String peer) {
        server.append(line("udp-server", at, serverNanosAhead, call, SERVER, peer, data, ""));
        return this;
    }

    /** Lets the relay receive a datagram, or bind its address if there is no peer. */
    Script relay(double at, String call, String local, String peer, String data, String datagram, String fate) {
        String more = (datagram == null ? "" : ",\"datagram\":\"" + datagram + "\"")
                + (fate == null ? "" : ",\"fate\":\"" + fate + "\"");
        relay.append(line("udp-it proxy", at, 0, call, local, peer, data, more));
        return this;
    }

    /** Writes the traces that have steps: of the client, the server, the relay. */
    String[] write(Path folder) throws IOException {
        List<String> files = new ArrayList<>();
        for (var trace : List.of(Map.entry("client", client), Map.entry("server", server), Map.entry("relay", relay))) {
            if (!trace.getValue().isEmpty()) {
                files.add(Files.writeString(folder.resolve(trace.getKey() + ".jsonl"), trace.getValue())
                        .toString());
            }
        }
        return files.toArray(String[]::new);
    }

    Sequence sequence(Path folder) throws IOException {
        String[] files = write(folder);
        return Sequence.of(TraceFile.merge(List.of(files), System.err));
    }

    private static String line(
            String program, double at, long ahead, String call, String local, String peer, String data, String more) {
        long nanos = (long) (at * 1e6) + 1_000_000_000;
        return "{\"time\":\"" + Instant.EPOCH.plusNanos(nanos) + "\",\"nanos\":" + (nanos + ahead) + ",\"program\":\""
                + program + "\",\"call\":\"" + call + "\""
                + (local == null
                        ? ""
                        : ",\"java\":\"DatagramChannel." + call.replace("()", "") + "\",\"local\":\"" + local + "\""
                                + (peer == null ? "" : ",\"peer\":\"" + peer + "\""))
                + (data == null
                        ? ""
                        : ",\"size\":" + data.length() + ",\"data\":\""
                                + HexFormat.of().formatHex(data.getBytes(UTF_8)) + "\"")
                + more + "}\n";
    }
}
