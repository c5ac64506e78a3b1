package udp.it.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import udp.internal.fault.Chances;
import udp.internal.fault.Faults;
import udp.internal.fault.LinkFaults;
import udp.internal.text.Printable;
import udp.it.relay.Upstreams.Client;
import udp.it.relay.Upstreams.Limits;
import udp.it.relay.Upstreams.Origin;
import udp.it.relay.Upstreams.Upstream;

/** What the relay keeps for each client: its socket for the server, and where its server is. The test is the server. */
@Timeout(30)
class RelayedClientsTest extends RelayedSockets {
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

    /** The line may delay a reply until the relay has gone on to another address of the server. */
    @Test
    void aLateReplyKeepsItsClientsSocketAndDoesNotLeadToAnotherHost() throws Exception {
        Client late = new Client(address(client), null);
        Client other = new Client(address(server), null);
        InetSocketAddress from = new InetSocketAddress("127.0.0.1", 9);
        Limits limits = new Limits(2, Duration.ofNanos(10), true, 0);
        try (Selector selector = Selector.open();
                DatagramChannel one = DatagramChannel.open();
                DatagramChannel two = DatagramChannel.open();
                DatagramChannel first = DatagramChannel.open()) {
            Iterator<DatagramChannel> channels = List.of(first, one, two).iterator();
            Upstreams upstreams = new Upstreams(
                    () -> (DatagramChannel) channels.next().configureBlocking(false),
                    selector,
                    limits,
                    warnings::add,
                    Recorder.NONE);
            Upstream upstream = upstreams.of(late, new InetSocketAddress("127.0.0.1", 7), 0);
            upstreams.of(other, upstream.server, 5);
            upstreams.follow(new Origin(late, from), 6);
            upstreams.follow(new Origin(late, new InetSocketAddress("127.0.0.2", 7)), 6);
            assertEquals(from, upstream.server);
            upstreams.closeIdle(15);
            assertTrue(upstreams.has(late));
            assertFalse(upstreams.has(other));
        }
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
    void ifNoSocketIsLeftUpToTwoClientsGiveWay() throws Exception {
        try (Selector selector = Selector.open()) {
            List<Boolean> fails =
                    new ArrayList<>(List.of(false, false, false, false, true, true, false, true, true, true));
            Upstreams upstreams = new Upstreams(
                    () -> {
                        if (fails.remove(0)) {
                            throw new SocketException("Too many open files");
                        }
                        return (DatagramChannel) DatagramChannel.open().configureBlocking(false);
                    },
                    selector,
                    new Limits(10, MINUTE, false, 0),
                    warnings::add,
                    Recorder.NONE);
            List<Client> clients = new ArrayList<>();
            for (int port = 1; port <= 5; port++) {
                clients.add(new Client(new InetSocketAddress("127.0.0.1", port), null));
            }
            for (Client each : clients.subList(0, 4)) {
                upstreams.of(each, address(server), 0).isWaiting = true;
            }
            assertEquals(
                    List.of(false, false, true, true, false),
                    clients.stream().map(upstreams::has).toList());
            assertThrows(SocketException.class, () -> upstreams.of(clients.get(4), address(server), 0));
            assertEquals("; cut off before a reply 4 (no socket left 4)", upstreams.summary());
            assertEquals(1, warnings.size());
            upstreams.closeAll("end");
        }
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
}
