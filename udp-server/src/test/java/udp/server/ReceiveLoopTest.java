package udp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import udp.api.MessageProcessor;
import udp.internal.net.NanoClock;
import udp.server.guard.Guards;
import udp.server.guard.RateLimit;
import udp.server.monitor.KernelDrops;
import udp.server.monitor.Observer;
import udp.server.monitor.Records;
import udp.server.monitor.ServerLog;
import udp.server.processor.EchoProcessor;
import udp.server.statistics.DropReason;
import udp.server.statistics.Statistics;
import udp.test.Loopback;
import udp.test.ScriptedTransport;
import udp.test.SocketFailures;

/** The tests of what the loop receives, sends, counts and survives. {@link ProcessingTest} has those of the processor. */
@Timeout(20)
class ReceiveLoopTest {
    private final Records records = Records.attach();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final StopSignal stop = new StopSignal();
    private final ReceiveLoop loop = loop(new EchoProcessor(), RateLimit.NONE, stop);

    @AfterEach
    void detach() {
        records.close();
    }

    static List<Throwable> socketFailures() {
        return SocketFailures.all();
    }

    @ParameterizedTest
    @MethodSource("socketFailures")
    void aSendThatFailsCostsOneReply(Throwable failure) throws IOException {
        transport.receiving("a").receiving("b");
        transport.sendFailures.add(failure);
        runToTheEnd();
        assertEquals(new Statistics(2, 1, Map.of(DropReason.SEND_FAILED, 1L)), loop.observer.statistics());
        assertEquals(List.of("b"), transport.sent);
        assertOneReport("dropped a datagram from 127.0.0.1:4007: send failed: ", failure);
    }

    @ParameterizedTest
    @MethodSource("socketFailures")
    void aReceiveThatFailsForAWhileCostsNothing(Throwable failure) throws IOException {
        transport.failing(failure).failing(failure).receiving("a").receiving("b");
        runToTheEnd();
        assertEquals(new Statistics(2, 2, Map.of()), loop.observer.statistics());
        assertOneReport("receiving failed, trying again: ", failure);
    }

    private void assertOneReport(String beginning, Throwable failure) {
        assertEquals(1, records.messages().size());
        String message = records.messages().get(0);
        assertTrue(message.startsWith(beginning + failure.getClass().getSimpleName()), message);
        assertFalse(message.contains("null"), message); // Some failures have no message.
    }

    @Test
    void aSendThatFindsTheTransportClosedEndsTheLoop() throws IOException {
        transport.receiving("a").receiving("b");
        transport.sendFailures.add(new ClosedChannelException());
        runToTheEnd();
        assertEquals(new Statistics(1, 0, Map.of(DropReason.SEND_FAILED, 1L)), loop.observer.statistics());
    }

    @Test
    void aReceiveThatKeepsFailingEndsTheLoop() {
        transport.receiving("a");
        transport.end = new IOException("broken");
        List<Long> pauses = new ArrayList<>();
        loop.clock = new NanoClock() {
            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public void pause(long nanos) {
                pauses.add(nanos / 1_000_000);
            }
        };
        IOException e = assertThrows(IOException.class, () -> loop.run(transport));
        assertEquals("receiving on 127.0.0.1:50007 keeps failing: broken", e.getMessage());
        assertSame(transport.end, e.getCause());
        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1024L), pauses);
        assertEquals(new Statistics(1, 1, Map.of()), loop.observer.statistics());
    }

    @Test
    void aStoppedLoopReportsNoFailureToReceive() throws IOException {
        transport.failing(new IOException("no memory")).receiving("a");
        stop.request();
        loop.run(transport);
        assertEquals(List.of(), records.messages());
    }

    @Test
    void theStopSignalIsNotCountedAndItsSocketsAreClosed() throws IOException {
        InetSocketAddress source;
        try (DatagramSocket waiting = Loopback.socket(Loopback.IPV4)) {
            stop.request();
            stop.wake(new ScriptedTransport((InetSocketAddress) waiting.getLocalSocketAddress()));
            DatagramPacket signal = new DatagramPacket(new byte[1], 1);
            waiting.receive(signal);
            source = (InetSocketAddress) signal.getSocketAddress();
            transport.receiving("a").receiving(new byte[0], source).receiving("b");
            loop.run(transport);
        } finally {
            stop.end(List.of(), new KernelDrops(List.of()));
        }
        new DatagramSocket(source).close();
        assertEquals(List.of("a", "b"), transport.sent);
        assertEquals(new Statistics(2, 2, Map.of()), loop.observer.statistics());
    }

    private void runToTheEnd() {
        assertThrows(ClosedChannelException.class, () -> loop.run(transport));
    }

    static ReceiveLoop loop(MessageProcessor processor, RateLimit limit, StopSignal stop) {
        Guards guards = new Guards(Set.of(ScriptedTransport.LOCAL), limit);
        return new ReceiveLoop(
                processor, guards, new Observer(new ServerLog(System::nanoTime), new KernelDrops(List.of())), stop);
    }
}
