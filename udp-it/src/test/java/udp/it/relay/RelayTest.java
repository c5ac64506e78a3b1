package udp.it.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import udp.it.relay.Upstreams.Origin;
import udp.test.FakeTransport;
import udp.test.Loopback;

/** The relay between plain sockets; the test itself is the server. */
@Timeout(30)
class RelayTest extends RelayedSockets {
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
}
