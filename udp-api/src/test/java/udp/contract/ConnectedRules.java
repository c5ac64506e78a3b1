package udp.contract;

import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

abstract class ConnectedRules extends TransportRules {
    ConnectedRules(TransportContract contract) {
        super(contract);
    }

    @Verifies(value = Rule.T1_5, cause = "each datagram that it did not take started the time anew")
    void rule_1_5_strangersDoNotExtendTheTime() throws Exception {
        long lastStart = System.nanoTime() + LONG.toNanos();
        Wait wait;
        try (Peer stranger = contract.peer()) {
            do { // A busy machine may return late from a receive that kept the time.
                wait = waitDisturbedBy(stranger);
            } while (!wait.isKept && wait.millis >= 200 && System.nanoTime() < lastStart);
        }
        KitAssertions.that(
                wait.isKept,
                "receive with a limit of 200 ms to take that long, though a stranger's datagram came after 100 ms",
                "it took " + wait.millis + " ms");
    }

    /** How long a receive took, and whether it ended sooner than its limit allows after a stranger's datagram. */
    private record Wait(long millis, boolean isKept) {}

    private Wait waitDisturbedBy(Peer stranger) throws Exception {
        Duration limit = Duration.ofMillis(200);
        FutureTask<long[]> waiting = KitAssertions.inThread(() -> {
            long start = System.nanoTime();
            transport.receive(ByteBuffer.allocate(10), limit);
            return new long[] {start, System.nanoTime()};
        });
        try {
            waiting.get(limit.toMillis() / 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It is to wait still; what else it does, its result tells.
        }
        long before = System.nanoTime();
        stranger.send("x", transport.localAddress());
        long after = System.nanoTime();
        long[] times = KitAssertions.result(
                "receive with a limit of 200 ms to return in spite of a stranger's datagram", waiting);
        // Whoever starts the time anew with the datagram cannot end before the whole limit has passed since.
        boolean isKept = times[1] - after > 0 && times[1] - before < limit.toNanos();
        return new Wait(TimeUnit.NANOSECONDS.toMillis(times[1] - times[0]), isKept);
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
