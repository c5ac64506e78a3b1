package udp.contract;

import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.FutureTask;

abstract class ConnectedRules extends TransportRules {
    ConnectedRules(TransportContract contract) {
        super(contract);
    }

    @Verifies(value = Rule.T1_5, cause = "each datagram that it did not take started the time anew")
    void rule_1_5_strangersDoNotExtendTheTime() throws Exception {
        try (Peer stranger = contract.peer()) {
            long lastStart = System.nanoTime() + LONG.toNanos();
            long longestPause;
            do {
                long end = System.nanoTime() + LONG.toNanos();
                FutureTask<InetSocketAddress> receive = KitAssertions.inThread(
                        () -> transport.receive(ByteBuffer.allocate(10), Duration.ofMillis(100)));
                longestPause = 0;
                for (long last = System.nanoTime(), now; !receive.isDone() && last < end; last = now) {
                    stranger.send("x", transport.localAddress());
                    now = System.nanoTime();
                    longestPause = Math.max(longestPause, now - last);
                }
                KitAssertions.that(
                        receive.isDone(),
                        "receive to return after 100 ms in spite of datagrams from strangers",
                        "it went on for as long as they came");
                // On a busy machine the stranger may pause for the whole limit. Then the return proves nothing.
            } while (longestPause > Duration.ofMillis(50).toNanos() && System.nanoTime() < lastStart);
        }
    }

    @Verifies(value = Rule.T1_6, cause = "neither connected the socket nor compared the sender")
    void rule_1_6_receivesFromItsPeerAlone() throws Exception {
        try (Peer stranger = contract.peer()) {
            stranger.send("lie", transport.localAddress());
            peerSends("truth");
            ByteBuffer buffer = ByteBuffer.allocate(10);
            receive(buffer, LONG);
            KitAssertions.bytes("the peer's datagram to be received", text("truth"), slice(buffer, 0, 5));
        }
    }

    @Verifies(value = Rule.T1_6_CLOSED, cause = "did not connect the socket, or closed it on the report")
    void rule_1_6_reportsAClosedPortAndStaysUsable() throws Exception {
        InetSocketAddress address = peer.address();
        peer.close();
        transport.send(ByteBuffer.allocate(1), address);
        KitAssertions.thrown("receive, or the send after it,", PortUnreachableException.class, () -> {
            receive(ByteBuffer.allocate(10), Duration.ofSeconds(1));
            transport.send(ByteBuffer.allocate(1), address);
            return null;
        });
        peer = new Peer(contract.socket(address));
        assertStillSends();
    }

    @Verifies(value = Rule.T2_4, cause = "did not connect the socket and sends wherever it is told")
    void rule_2_4_refusesAnotherDestination() throws Exception {
        InetSocketAddress to = peer.address();
        for (InetSocketAddress other : new InetSocketAddress[] {
            new InetSocketAddress(to.getAddress(), to.getPort() ^ 1),
            new InetSocketAddress(to.getAddress(), 0),
            new InetSocketAddress(contract.ip.other().loopback(), to.getPort())
        }) {
            KitAssertions.thrown(
                    "send to another than the peer",
                    IllegalArgumentException.class,
                    () -> SendRules.send(transport, new byte[1], other));
        }
        assertStillSends();
    }
}
