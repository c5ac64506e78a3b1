package udp.it.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.internal.fault.Chances;
import udp.internal.fault.Faults;
import udp.internal.fault.LinkFaults;
import udp.internal.text.Printable;
import udp.internal.trace.Call;
import udp.internal.trace.Step;
import udp.internal.trace.Trace;
import udp.it.relay.Upstreams.Limits;
import udp.test.Loopback;

/** What a relay records of a client and a server; the test itself is both. */
@Timeout(30)
class RecorderTest extends RelayedSockets {
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final ByteArrayOutputStream packets = new ByteArrayOutputStream();
    private final Capture capture = new Capture(packets, warning -> {});
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private void start(String listen, String host, Faults faults) throws IOException {
        server = socket(host);
        client = socket(InetAddress.getByName(listen).isAnyLocalAddress() ? "127.0.0.1" : listen);
        List<InetSocketAddress> to = List.of(address(server));
        PrintStream terminal = new PrintStream(err, true, UTF_8);
        Recorder recorder = new Recorder(Trace.start(ProxyCommand.NAME, terminal, true, false, false, file), capture);
        Destination destination = new Destination(to, () -> to, MINUTE);
        Limits limits = new Limits(2, MINUTE, false, 0);
        start(new Relay(new InetSocketAddress(listen, 0), destination, faults, limits, warning -> {}, recorder));
    }

    /** Ends the relay and returns what it has recorded. */
    private List<Step> steps() throws Exception {
        stop();
        TypeToken<Map<String, String>> members = new TypeToken<>() {};
        return file.toString(UTF_8)
                .lines()
                .map(line -> Step.fromMembers(new Gson().fromJson(line, members)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "0.0.0.0, 127.0.0.1", "::1, 127.0.0.1", "127.0.0.1, ::1"})
    void anExchangeIsRecordedWithTheAddressesThatThePeersSee(String listen, String host) throws Exception {
        Loopback.assumed(listen);
        Loopback.assumed(host);
        start(listen, host, Faults.NONE);
        InetSocketAddress to =
                new InetSocketAddress(client.getLocalAddress(), relay.listen().getPort());
        send(client, "a", to);
        InetSocketAddress upstream = (InetSocketAddress) receive(server).getSocketAddress();
        send(server, "B", upstream);
        assertEquals(to, receive(client).getSocketAddress());

        List<String> recorded = steps().stream()
                .filter(step -> step.call() != Call.BIND)
                .map(RecorderTest::summary)
                .toList();
        String asked = Printable.address(to);
        String from = Printable.address(address(client));
        String socket = Printable.address(upstream);
        String server = Printable.address(address(this.server));
        assertEquals(
                List.of(
                        "recvfrom() " + asked + " " + from + " a c1 delivered",
                        "sendto() " + socket + " " + server + " a c1 null",
                        "recvfrom() " + socket + " " + server + " B s1 delivered",
                        "sendto() " + asked + " " + from + " B s1 null",
                        "close() " + socket + " null null null null"),
                recorded);
        assertTrue(err.toString(UTF_8).contains("  c1  " + asked + " <- " + from + "  1 byte \"a\"  delivered\n"));
        assertTrue(err.toString(UTF_8).contains("  s1  " + asked + " -> " + from + "  1 byte \"B\"\n"));
    }

    @Test
    void theListeningAddressIsRecorded() throws Exception {
        start("127.0.0.1", "127.0.0.1", Faults.NONE);
        Step first = steps().get(0);
        assertEquals("bind() " + Printable.address(relay.listen()) + " null null null null", summary(first));
        assertEquals("udp-it proxy", first.program());
    }

    @Test
    void whatIsLostDoesNotLeave() throws Exception {
        start("127.0.0.1", "127.0.0.1", new Faults(0.5, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, 6));
        List<String> arrived = new ArrayList<>();
        for (int i = 1; i < 20; i++) { // The last arrives.
            send(client, "datagram " + i, relay.listen());
        }
        for (String text = ""; !text.equals("datagram 19"); ) {
            text = text(receive(server));
            arrived.add(text);
        }
        List<Step> steps = steps();
        assertEquals(
                arrived,
                steps.stream()
                        .filter(step ->
                                step.call() == Call.RECVFROM && step.fate().equals("delivered"))
                        .map(step -> new String(step.data(), ISO_8859_1))
                        .toList());
        assertEquals(
                arrived,
                steps.stream()
                        .filter(step -> step.call() == Call.SENDTO)
                        .map(step -> "datagram " + step.datagram().substring(1))
                        .toList());
        assertEquals(
                19L - arrived.size(),
                steps.stream().filter(step -> "lost".equals(step.fate())).count());
    }

    @Test
    void whatIsDamagedIsRecordedAsItCameAndAsItLeft() throws Exception {
        start("127.0.0.1", "127.0.0.1", new Faults(0, 1, 0, 1, 1, Duration.ZERO, Duration.ZERO, 1));
        send(client, "whole", relay.listen());
        String left = text(receive(server));
        receive(server);
        List<String> steps = steps().stream().map(RecorderTest::summary).toList();
        assertTrue(steps.get(1).endsWith(" whole c1 twice, corrupted, truncated"), steps.get(1));
        assertTrue(steps.get(2).endsWith(" " + left + " c1 null"), steps.get(2));
        assertEquals(steps.get(2), steps.get(3));
    }

    @Test
    void whatIsRefusedHasNoNumber() throws Exception {
        start("127.0.0.1", "127.0.0.1", Faults.NONE);
        send(client, "a", relay.listen());
        SocketAddress upstream = receive(server).getSocketAddress();
        DatagramSocket stranger = socket("127.0.0.1");
        send(stranger, "x", upstream);
        send(server, "forged", relay.listen());
        send(client, "c", relay.listen());
        receive(server);
        List<String> steps = steps().stream().map(RecorderTest::summary).toList();
        String begin = "recvfrom() " + Printable.address((InetSocketAddress) upstream) + " ";
        assertTrue(
                steps.contains(begin + Printable.address(address(stranger)) + " x null dropped: not from the server"),
                steps::toString);
        assertTrue(
                steps.stream().anyMatch(step -> step.endsWith(" forged null dropped: source refused")),
                steps::toString);
        assertTrue(steps.stream().anyMatch(step -> step.endsWith(" c c2 delivered")), steps::toString);
    }

    @Test
    void whatCannotLeaveIsAFailure() throws Exception {
        Loopback.assumeIpv6();
        start("::1", "127.0.0.1", Faults.NONE);
        send(client, "x".repeat(65_527), relay.listen()); // too large for the server's IPv4
        send(client, "a", relay.listen());
        receive(server);
        List<Step> steps = steps();
        assertEquals(24 + 16 + 40 + 8 + 65_527 + 16 + 40 + 8 + 1 + 16 + 20 + 8 + 1, packets.size());
        Step failed = steps.stream()
                .filter(step -> step.failure() != null)
                .findFirst()
                .orElseThrow();
        assertEquals("c1", failed.datagram());
        assertEquals(Call.SENDTO, failed.call());
    }

    @Test
    void theSummaryCountsWhatTraceAndCaptureHaveAndEqualSeedsGiveEqualRuns() throws Exception {
        assertEquals(run(), run());
    }

    /** Compares what is counted with what is recorded, and returns what became of each datagram. */
    private List<String> run() throws Exception {
        file.reset();
        packets.reset();
        Chances chances = new Chances(0.3, 0.3, 0, 0.3, 0.3, Duration.ZERO, Duration.ZERO);
        LinkFaults faults = LinkFaults.of(chances, Map.of(40, Chances.NONE)); // The last arrives.
        start("127.0.0.1", "127.0.0.1", new Faults(faults, faults, 5));
        SocketAddress upstream = sendForty(client, relay.listen(), server);
        send(socket("127.0.0.1"), "x", upstream);
        sendForty(server, upstream, client);
        List<Step> steps = steps();
        List<Step> arrivals =
                steps.stream().filter(step -> step.call() == Call.RECVFROM).toList();
        String summary = "to the server: received 40, relayed " + departures(steps, "c") + ", lost "
                + lost(arrivals, "c") + ", dropped 0; to clients: received 41, relayed " + departures(steps, "s")
                + ", lost " + lost(arrivals, "s") + ", dropped 1 (not from the server 1)";
        assertEquals(summary, relay.summary());
        assertEquals(81, arrivals.size());
        int captured = 0;
        ByteBuffer records = ByteBuffer.wrap(packets.toByteArray());
        for (int at = 0; at < records.limit(); at += 16 + records.getInt(at + 8)) {
            captured++;
        }
        assertEquals(81 + departures(steps, "c") + departures(steps, "s"), captured);
        return steps.stream()
                .filter(step -> step.datagram() != null)
                .map(step -> step.call() + summary(step).replaceAll("[^ ]+:\\d+ ", ""))
                .sorted()
                .toList();
    }

    private static SocketAddress sendForty(DatagramSocket from, SocketAddress to, DatagramSocket receiver)
            throws IOException {
        for (int i = 1; i <= 40; i++) {
            send(from, "datagram " + i, to);
        }
        DatagramPacket last = receive(receiver);
        while (!text(last).equals("datagram 40")) {
            last = receive(receiver);
        }
        return last.getSocketAddress();
    }

    private static long departures(List<Step> steps, String sender) {
        return steps.stream()
                .filter(step -> step.call() == Call.SENDTO && step.datagram().startsWith(sender))
                .count();
    }

    private static long lost(List<Step> arrivals, String sender) {
        return arrivals.stream()
                .filter(step -> step.fate().equals("lost") && step.datagram().startsWith(sender))
                .count();
    }

    private static String summary(Step step) {
        String data = step.data() == null ? null : new String(step.data(), ISO_8859_1);
        return String.join(
                " ",
                step.call().toString(),
                step.local(),
                String.valueOf(step.peer()),
                String.valueOf(data),
                String.valueOf(step.datagram()),
                String.valueOf(step.fate()));
    }

    private DatagramSocket socket(String host) throws IOException {
        return socket(new InetSocketAddress(host, 0));
    }
}
