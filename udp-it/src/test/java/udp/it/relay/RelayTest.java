package udp.it.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.Transport;
import udp.internal.fault.Bandwidth;
import udp.internal.fault.Chances;
import udp.internal.fault.Faults;
import udp.internal.fault.LinkFaults;
import udp.internal.fault.TimeSpan;
import udp.internal.net.Addresses;
import udp.internal.text.Printable;
import udp.it.relay.Upstreams.Limits;
import udp.it.relay.Upstreams.Origin;
import udp.test.Background;
import udp.test.FakeTransport;
import udp.test.Loopback;

/** The relay between plain sockets; the test itself is the server. */
@Timeout(30)
class RelayTest {
    private static final Chances LOST = new Chances(1, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    private final List<DatagramSocket> sockets = new ArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private DatagramSocket server;
    private DatagramSocket client;
    private Relay relay;
    private Background<Void> relaying;

    @BeforeEach
    void open() throws SocketException {
        server = socket(ANY_PORT);
        client = socket(ANY_PORT);
    }

    @AfterEach
    void close() throws Exception {
        sockets.forEach(DatagramSocket::close);
        if (relaying != null) {
            stop();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1472, 1473, 65_507})
    void everySizePassesInBothDirections(int size) throws Exception {
        start(Faults.NONE);
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        exchange(client, new String(bytes, ISO_8859_1));
        stop();
        assertEquals(
                "to the server: received 1, relayed 1, lost 0, dropped 0;"
                        + " to clients: received 1, relayed 1, lost 0, dropped 0",
                relay.summary());
    }

    @Test
    void theServerSeesEachClientAsAPeerAndEachGetsItsReplies() throws Exception {
        start(Faults.NONE);
        DatagramSocket other = socket(ANY_PORT);
        SocketAddress first = exchange(client, "a");
        SocketAddress second = exchange(other, "b");
        assertNotEquals(first, second);
        assertEquals(first, exchange(client, "c"));
        send(server, "to the other", second);
        send(server, "to the first", first);
        assertEquals("to the first", text(receive(client)));
        assertEquals("to the other", text(receive(other)));
    }

    @Test
    void equalSeedsTreatAClientAsItsOwnFaultsWould() throws Exception {
        Faults faults = new Faults(0.2, 0.2, 0, 0.2, 0.2, Duration.ZERO, Duration.ZERO, 7);
        List<String> sent = new ArrayList<>();
        FakeTransport network = new FakeTransport();
        network.send =
                (datagram, destination) -> sent.add(ISO_8859_1.decode(datagram).toString());
        Transport itself = faults.wrap(network);
        for (int i = 0; i < 100; i++) {
            itself.send(ByteBuffer.wrap(("datagram " + i).getBytes(ISO_8859_1)), FakeTransport.PEER);
        }
        Deque<String> arriving = new ArrayDeque<>(sent);
        network.receive = buffer -> {
            buffer.put(arriving.remove().getBytes(ISO_8859_1));
            return FakeTransport.PEER;
        };
        List<String> replies = new ArrayList<>();
        while (!arriving.isEmpty()) {
            ByteBuffer reply = ByteBuffer.allocate(100);
            if (itself.receive(reply, Duration.ZERO) != null) {
                replies.add(ISO_8859_1.decode(reply.flip()).toString());
            }
        }

        start(faults);
        for (int i = 0; i < 100; i++) {
            send(client, "datagram " + i, relay.listen());
        }
        for (String expected : sent) {
            DatagramPacket received = receive(server);
            assertEquals(expected, text(received));
            send(server, expected, received.getSocketAddress());
        }
        for (String expected : replies) {
            assertEquals(expected, text(receive(client)));
        }
        itself.close();
        stop();
        assertTrue(relay.summary().matches(".* lost [1-9].* lost [1-9].*"), relay.summary());
    }

    @Test
    void eachDirectionHasItsDelay() throws Exception {
        start(new Faults(0, 0, 0, 0, 0, Duration.ofMillis(20), Duration.ofMillis(20), 1));
        long sent = System.nanoTime();
        exchange(client, "a");
        assertTrue(System.nanoTime() - sent >= 40_000_000);
    }

    @Test
    void aHeldDatagramArrivesAlsoIfNothingFollows() throws Exception {
        start(new Faults(0, 0, 1, 0, 0, Duration.ZERO, Duration.ZERO, 1));
        exchange(client, "a");
    }

    @Test
    void whatAStrangerSendsToAClientsSocketIsDropped() throws Exception {
        start(Faults.NONE);
        SocketAddress upstream = exchange(client, "a");
        int port = ((InetSocketAddress) upstream).getPort();
        send(socket(ANY_PORT), "stranger", new InetSocketAddress("127.0.0.1", port));
        send(server, "server", upstream);
        assertEquals("server", text(receive(client)));
        stop();
        assertTrue(
                relay.summary().endsWith("received 3, relayed 2, lost 0, dropped 1 (not from the server 1)"),
                relay.summary());
    }

    @Test
    void aReplyFromAnotherPortIsNamedOnce() throws Exception {
        start(Faults.NONE);
        SocketAddress upstream = exchange(client, "a");
        DatagramSocket otherPort = socket(ANY_PORT);
        send(otherPort, "b", upstream);
        send(otherPort, "c", upstream);
        send(server, "d", upstream);
        assertEquals("d", text(receive(client)));
        stop();
        assertTrue(relay.summary().endsWith("dropped 2 (not from the server 2)"), relay.summary());
        assertEquals(
                List.of("dropped a datagram from " + Printable.address(address(otherPort))
                        + ", which is not the server " + Printable.address(address(server))
                        + "; to accept replies from any port of its address, add --follow"),
                warnings);
    }

    @Test
    void aClientFollowsTheServerToAnotherPortAndNoOtherClientDoes() throws Exception {
        start(ANY_PORT, Faults.NONE, new Limits(2, MINUTE, true, 0), address(server));
        SocketAddress upstream = exchange(client, "a");
        DatagramSocket otherPort = socket(ANY_PORT);
        send(otherPort, "b", upstream);
        DatagramPacket reply = receive(client);
        assertEquals("b", text(reply));
        assertEquals(relay.listen(), reply.getSocketAddress());
        send(client, "c", relay.listen());
        DatagramPacket next = receive(otherPort);
        assertEquals("c", text(next));
        assertEquals(upstream, next.getSocketAddress());
        exchange(socket(ANY_PORT), "d");
        if (OS.LINUX.isCurrentOs()) { // 127.0.0.0/8 is local
            send(socket(new InetSocketAddress("127.0.0.2", 0)), "stranger", upstream);
            send(otherPort, "e", upstream);
            assertEquals("e", text(receive(client)));
        }
    }

    @Test
    void aClientDoesNotFollowAReplyThatIsLost() throws Exception {
        LinkFaults secondLost = LinkFaults.of(Chances.NONE, Map.of(2, LOST));
        Faults faults = new Faults(LinkFaults.of(Chances.NONE, Map.of()), secondLost, 1);
        start(ANY_PORT, faults, new Limits(2, MINUTE, true, 0), address(server));
        SocketAddress upstream = exchange(client, "a");
        send(socket(ANY_PORT), "lost", upstream);
        exchange(socket(ANY_PORT), "b"); // When the relay has passed this on, it has seen the other reply.
        assertEquals(upstream, exchange(client, "c"));
    }

    @Test
    void whatClaimsToComeFromTheServerIsDropped() throws Exception {
        start(Faults.NONE);
        send(server, "forged", relay.listen());
        send(client, "honest", relay.listen());
        assertEquals("honest", text(receive(server)));
    }

    @Test
    void aServerMayBeginLater() throws Exception {
        start(Faults.NONE);
        InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
        SocketAddress before = exchange(client, "a");
        server.close();
        for (int i = 0; i < 10; i++) {
            send(client, "nobody hears", relay.listen());
        }
        DatagramSocket later = socket(address);
        send(client, "z", relay.listen());
        DatagramPacket received = receive(later);
        while (!text(received).equals("z")) { // the relay may relay earlier requests only now
            received = receive(later);
        }
        assertEquals(before, received.getSocketAddress());
        send(later, "reply", before);
        assertEquals("reply", text(receive(client)));
    }

    @Test
    void aDatagramThatCannotBeSentCostsOnlyItself() throws Exception {
        Loopback.assumeIpv6();
        InetSocketAddress six = new InetSocketAddress("::1", 0);
        DatagramSocket sender = socket(six);
        start(six, Faults.NONE, 2, MINUTE);
        send(sender, "x".repeat(65_527), relay.listen()); // too large for the server's IPv4
        exchange(sender, "a");
        stop();
        assertTrue(
                relay.summary().startsWith("to the server: received 2, relayed 1, lost 0, dropped 1 (send failed 1);"));
    }

    @Test
    void aNewClientReplacesTheLeastRecentlyUsedOne() throws Exception {
        start(ANY_PORT, Faults.NONE, 2, MINUTE);
        DatagramSocket second = socket(ANY_PORT);
        DatagramSocket third = socket(ANY_PORT);
        SocketAddress first = exchange(client, "a");
        SocketAddress gone = exchange(second, "b");
        send(server, "c", first);
        receive(client);
        exchange(third, "d");
        assertEquals(first, exchange(client, "e"));
        new DatagramSocket(((InetSocketAddress) gone).getPort(), InetAddress.getByName("0.0.0.0")).close();
        exchange(second, "f");
        assertEquals(first, exchange(client, "g"));
    }

    @Test
    void aClientThatGivesWayBeforeItsReplyIsCounted() throws Exception {
        start(Faults.NONE);
        exchange(client, "has its reply");
        for (int i = 0; i < 4; i++) {
            send(socket(ANY_PORT), "waits", relay.listen());
            receive(server);
        }
        stop();
        assertTrue(relay.summary().endsWith("; cut off before a reply 2 (over 2 clients 2)"), relay.summary());
    }

    @Test
    void aPortThatChangesGetsNoReplyAnyMore() throws Exception {
        start(ANY_PORT, Faults.NONE, new Limits(2, MINUTE, false, 2), address(server));
        SocketAddress first = exchange(client, "a");
        send(client, "b", relay.listen());
        assertEquals(first, receive(server).getSocketAddress());
        SocketAddress second = exchange(client, "c");
        assertNotEquals(first, second);
        send(server, "too late", first);
        assertEquals(second, exchange(client, "d"));
        assertNotEquals(second, exchange(client, "e"));
        stop();
        assertTrue(relay.summary().endsWith("; cut off before a reply 1 (port changed 1)"), relay.summary());
    }

    @Test
    void whatDoesNotComeOutIsCountedByItsReason() {
        TimeSpan second = new TimeSpan(Duration.ofSeconds(1), Duration.ofSeconds(2));
        Direction direction = new Direction(
                'c',
                new LinkFaults(Chances.NONE, Map.of(2, LOST), 9, second, new Bandwidth(1000, 0)),
                1,
                Recorder.NONE);
        Origin origin = new Origin(null, null);
        direction.enter(origin, 0, null, ByteBuffer.allocate(1000));
        direction.enter(origin, 0, null, ByteBuffer.allocate(1));
        direction.enter(origin, 0, null, ByteBuffer.allocate(1));
        direction.enter(origin, 1_000_000_000, null, ByteBuffer.allocate(1));
        assertEquals("received 0, relayed 0, lost 1, dropped 2 (blackhole 1, queue full 1)", direction.toString());
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 127.0.0.1", "0.0.0.0, 127.0.1.1", "::, ::1"})
    void onTheWildcardAReplyLeavesFromTheAddressThatWasAsked(String wildcard, String asked) throws Exception {
        start(new InetSocketAddress(Loopback.assumed(wildcard), 0), Faults.NONE, 2, MINUTE);
        assumeTrue(!asked.equals("127.0.1.1") || OS.LINUX.isCurrentOs(), "127.0.0.0/8 is not local");
        DatagramSocket connected =
                socket(new InetSocketAddress(Addresses.reachable(InetAddress.getByName(wildcard)), 0));
        connected.connect(InetAddress.getByName(asked), relay.listen().getPort());
        byte[] text = {'a'};
        connected.send(new DatagramPacket(text, 1));
        DatagramPacket request = receive(server);
        send(server, "b", request.getSocketAddress());
        assertEquals("b", text(receive(connected)));
    }

    @Test
    void anIdleClientIsForgotten() throws Exception {
        start(ANY_PORT, Faults.NONE, 2, Duration.ofMillis(1));
        send(client, "a", relay.listen());
        SocketAddress first = receive(server).getSocketAddress();
        SocketAddress now = first;
        for (int i = 0; now.equals(first); i++) { // the relay may be fast enough to use the same socket again
            send(client, "b" + i, relay.listen()); // equal ones would look like a loop
            now = receive(server).getSocketAddress();
        }
    }

    @Test
    void ifTheServersFirstAddressIsSilentTheNextIsTried() throws Exception {
        DatagramSocket silent = socket(ANY_PORT);
        start(ANY_PORT, Faults.NONE, new Limits(2, MINUTE, false, 0), address(silent), address(server));
        server.setSoTimeout(20);
        DatagramPacket request = null;
        for (int i = 0; request == null; i++) {
            send(client, "request " + i, relay.listen());
            try {
                request = receive(server);
            } catch (SocketTimeoutException e) {
                // The relay has just begun to wait for the silent address.
            }
        }
        send(server, "reply", request.getSocketAddress());
        assertEquals("reply", text(receive(client)));
        assertEquals(
                "no reply from " + Printable.address(address(silent)) + "; trying "
                        + Printable.address(address(server)),
                warnings.get(0));
    }

    @Test
    void onceItHasEndedItsPortIsFree() throws Exception {
        start(Faults.NONE);
        stop();
        new DatagramSocket(relay.listen()).close();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, 5, true",
        "127.0.0.1, 127.0.0.1, 6, false",
        "127.0.0.1, 127.0.0.2, 5, false",
        "0.0.0.0, 127.0.0.2, 5, true",
        "0.0.0.0, 192.0.2.1, 5, false",
        "0.0.0.0, 127.0.0.1, 6, false",
        "::, ::1, 5, true",
    })
    void itKnowsItsOwnAddresses(String bound, String address, int port, boolean own) {
        assertEquals(own, Relay.isOwn(new InetSocketAddress(bound, 5), new InetSocketAddress(address, port)));
    }

    private void start(Faults faults) throws IOException {
        start(ANY_PORT, faults, 2, MINUTE);
    }

    private void start(InetSocketAddress listen, Faults faults, int maxClients, Duration idle) throws IOException {
        start(listen, faults, new Limits(maxClients, idle, false, 0), address(server));
    }

    private void start(InetSocketAddress listen, Faults faults, Limits limits, InetSocketAddress... servers)
            throws IOException {
        Destination destination = new Destination(List.of(servers), () -> List.of(servers), Duration.ofMillis(100));
        relay = new Relay(listen, destination, faults, limits, warnings::add, Recorder.NONE);
        relaying = Background.start(() -> {
            try (Relay running = relay) {
                running.run();
                return null;
            }
        });
    }

    private void stop() throws Exception {
        relaying.thread.interrupt();
        relaying.result();
    }

    /** Sends a request and a reply with the same text, and returns the address that the server received it from. */
    private SocketAddress exchange(DatagramSocket from, String text) throws IOException {
        send(from, text, relay.listen());
        DatagramPacket request = receive(server);
        assertEquals(text, text(request));
        send(server, text, request.getSocketAddress());
        DatagramPacket reply = receive(from);
        assertEquals(text, text(reply));
        assertEquals(relay.listen(), reply.getSocketAddress());
        return request.getSocketAddress();
    }

    private DatagramSocket socket(InetSocketAddress address) throws SocketException {
        DatagramSocket socket = new DatagramSocket(address);
        socket.setSoTimeout(10_000); // an interrupt would not end receive()
        sockets.add(socket);
        return socket;
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static void send(DatagramSocket from, String text, SocketAddress to) throws IOException {
        byte[] bytes = text.getBytes(ISO_8859_1);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_527], 65_527);
        socket.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), ISO_8859_1);
    }
}
