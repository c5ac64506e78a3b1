package udp.contract;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import udp.api.Transport;

abstract class CloseRules extends TransportRules {
    private static final int MIN_ROUNDS = 5;
    private static final int MAX_ROUNDS = 30; // sometimes before, sometimes after the receiver is in its system call

    CloseRules(TransportContract contract) {
        super(contract);
    }

    @Verifies(value = Rule.T3_1, cause = "closed a socket or a selector that was closed already")
    void rule_3_1_closingAgainDoesNothing() throws Exception {
        closeInTime(transport);
        closeInTime(transport);
    }

    @Verifies(value = Rule.T3_2, cause = "only set a flag, or did not translate the socket's exception")
    void rule_3_2_closeWakesAReceiver() throws Exception {
        assertCloseWakes(KitAssertions.inThread(() -> transport.receive(ByteBuffer.allocate(10))));
    }

    @Verifies(value = Rule.T3_2, cause = "only set a flag, or closed the channel and not the selector")
    void rule_3_2_closeWakesAReceiverWithATimeLimit() throws Exception {
        assertCloseWakes(KitAssertions.inThread(() -> transport.receive(ByteBuffer.allocate(10), Duration.ofHours(1))));
    }

    @Verifies(value = Rule.T3_3, cause = "did not translate the socket's exception")
    void rule_3_3_laterCallsAreRefused() throws Exception {
        closeInTime(transport);
        ByteBuffer buffer = ByteBuffer.allocate(10);
        Class<ClosedChannelException> closed = ClosedChannelException.class;
        KitAssertions.thrown("receive after close", closed, () -> receive(buffer));
        KitAssertions.thrown("receive with a time limit after close", closed, () -> receive(buffer, LONG.dividedBy(5)));
        KitAssertions.thrown(
                "receive with a time limit of zero after close", closed, () -> receive(buffer, Duration.ZERO));
        KitAssertions.thrown("send after close", closed, () -> SendRules.send(transport, new byte[1], peer.address()));
    }

    @Verifies(value = Rule.T3_4, cause = "the kernel keeps the port while a thread or a selector still uses the socket")
    void rule_3_4_thePortIsFreeWhenCloseReturns() throws Exception {
        InetSocketAddress local = moveToFreePort();
        long end = System.nanoTime() + LONG.toNanos();
        for (int i = 0; i < MIN_ROUNDS || i < MAX_ROUNDS && System.nanoTime() < end; i++) {
            Transport current = transport;
            Duration limit = i % 3 == 0 ? null : i % 3 == 1 ? Duration.ofHours(1) : Duration.ZERO;
            KitAssertions.inThread(() -> limit == null
                    ? current.receive(ByteBuffer.allocate(10))
                    : current.receive(ByteBuffer.allocate(10), limit));
            if (i % 2 == 0) {
                Thread.yield();
            }
            closeInTime(current);
            assertFree(local);
            transport = openAgain(local);
        }
    }

    @Verifies(value = Rule.T3_4, cause = "the second of two closers did not wait for the first")
    void rule_3_4_holdsForEveryOneOfTwoClosers() throws Exception {
        InetSocketAddress local = moveToFreePort();
        long end = System.nanoTime() + LONG.toNanos();
        for (int i = 0; i < MIN_ROUNDS || i < MAX_ROUNDS && System.nanoTime() < end; i++) {
            Transport current = transport;
            KitAssertions.inThread(() -> current.receive(ByteBuffer.allocate(10)));
            FutureTask<Void> other = KitAssertions.inThread(() -> {
                closeIfItDoes(current);
                assertFree(local);
                return null;
            });
            closeIfItDoes(current);
            KitAssertions.result("the second close to return", other);
            transport = openAgain(local);
        }
    }

    @Verifies(
            value = Rule.T3_5,
            cause = "not bound to the address that was asked for, or asked the socket after it was closed")
    void rule_3_5_theLocalAddressIsTheOneBoundAlsoAfterClosing() throws Exception {
        InetSocketAddress local = transport.localAddress();
        KitAssertions.that(local != null, "a local address", "it was null");
        KitAssertions.equal("the local address to be", contract.ip.loopback(), local.getAddress());
        KitAssertions.that(local.getPort() != 0, "the port that the system chose", "it was 0");
        closeInTime(transport);
        KitAssertions.equal("the local address after close to be", local, transport.localAddress());
    }

    /** Between closing and opening again, nobody else is to get the port. */
    private InetSocketAddress moveToFreePort() throws Exception {
        closeIfItDoes(transport);
        InetSocketAddress local = Peer.freePort(contract.ip.loopback());
        transport = openAgain(local);
        return local;
    }

    private static void closeInTime(Transport transport) throws Exception {
        KitAssertions.within("close to return", () -> {
            transport.close();
            return null;
        });
    }

    /** Whether the second close of two may throw is the matter of rule 3.1. */
    private static void closeIfItDoes(Transport transport) {
        try {
            transport.close();
        } catch (IOException | RuntimeException e) {
            // only the port counts
        }
    }

    private void assertFree(InetSocketAddress local) throws IOException {
        try {
            contract.socket(local).close();
        } catch (BindException e) {
            throw KitAssertions.failure("the port to be free when close returns", "it was in use");
        }
    }

    private void assertCloseWakes(FutureTask<InetSocketAddress> receive) throws Exception {
        try {
            receive.get(50, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // it waits, most likely
        }
        closeInTime(transport);
        KitAssertions.thrown(
                "the waiting receive",
                ClosedChannelException.class,
                () -> KitAssertions.result("close to wake the waiting receive", receive));
    }
}
