package udp.contract;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

abstract class ThreadRules extends TransportRules {
    ThreadRules(TransportContract contract) {
        super(contract);
    }

    @Verifies(value = Rule.T4_1, cause = "one lock, or one buffer, for both directions")
    void rule_4_1_receiveAndSendOverlap() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(10);
        FutureTask<InetSocketAddress> receive = KitAssertions.inThread(() -> transport.receive(buffer));
        for (int i = 0; i < 20; i++) { // On a busy machine, each takes a tenth of a second.
            byte[] bytes = {(byte) i};
            KitAssertions.within(
                    "send to return while another thread waits in receive",
                    () -> SendRules.send(transport, bytes, peer.address()));
            KitAssertions.bytes("the datagram to be", bytes, peerReceives("a datagram to be sent"));
        }
        peerSends("x");
        KitAssertions.equal(
                "the sender to be", peer.address(), KitAssertions.result("the datagram to be received", receive));
        KitAssertions.bytes("the datagram received to be", text("x"), slice(buffer, 0, 1));
    }

    @Verifies(value = Rule.T4_2, cause = "the interrupt ended the call with an exception, but left the socket open")
    void rule_4_2_anInterruptClosesOrGoesUnnoticed() throws Exception {
        assertInterruptible(() -> transport.receive(ByteBuffer.allocate(10), Duration.ofHours(1)));
    }

    @Verifies(value = Rule.T4_2, cause = "the interrupt ended the call with an exception, but left the socket open")
    void rule_4_2_anInterruptClosesOrGoesUnnoticedWithoutATimeLimit() throws Exception {
        assertInterruptible(() -> transport.receive(ByteBuffer.allocate(10)));
    }

    private void assertInterruptible(Callable<InetSocketAddress> call) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        FutureTask<InetSocketAddress> receive = new FutureTask<>(() -> {
            started.countDown();
            return call.call();
        });
        Thread thread = new Thread(receive, "contract");
        thread.setDaemon(true);
        thread.start();
        started.await();
        thread.interrupt();
        try {
            assertStillWaits(receive);
            peerSends("x");
            KitAssertions.equal(
                    "the sender to be", peer.address(), KitAssertions.result("the datagram to be received", receive));
        } catch (ClosedChannelException closed) { // sooner or later: the interrupt takes its time
            KitAssertions.thrown(
                    "receive after an interrupt that closed",
                    ClosedChannelException.class,
                    () -> receive(ByteBuffer.allocate(1)));
        }
    }

    private static void assertStillWaits(FutureTask<?> receive) throws Exception {
        try {
            receive.get(50, TimeUnit.MILLISECONDS);
        } catch (TimeoutException unnoticed) {
            return;
        } catch (ExecutionException ended) {
            if (ended.getCause() instanceof ClosedChannelException closed) {
                throw closed;
            }
            throw KitAssertions.failure(
                    "the interrupted receive to go on or to throw ClosedChannelException",
                    "it threw " + KitAssertions.named(ended.getCause()));
        }
        throw KitAssertions.failure("the interrupted receive to go on or to throw", "it returned");
    }
}
