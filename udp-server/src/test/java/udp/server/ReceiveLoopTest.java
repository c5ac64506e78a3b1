package udp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.server.guard.Guards;
import udp.server.guard.RateLimit;
import udp.server.monitor.Observer;
import udp.server.monitor.Records;
import udp.server.monitor.ServerLog;
import udp.server.processor.DiscardProcessor;
import udp.server.processor.EchoProcessor;
import udp.server.statistics.DropReason;
import udp.server.statistics.Statistics;

/** Which datagrams are answered, counted and survived; over a transport that receives a few and is then closed. */
@Timeout(20)
class ReceiveLoopTest {
    private final Records records = Records.attach();
    private final TestTransport transport = new TestTransport();
    private final StopSignal stop = new StopSignal();

    @AfterEach
    void detach() {
        records.close();
    }

    @Test
    void everyDatagramIsAnswered() throws IOException {
        transport.with("a").with("").with("c");
        assertEquals(new Statistics(3, 3, Map.of()), run(new EchoProcessor()));
        assertEquals(List.of("a", "", "c"), transport.sent);
        assertEquals(List.of(), records.messages());
    }

    @Test
    void noReplyIsCountedAndNotLogged() throws IOException {
        transport.with("a").with("b");
        assertEquals(new Statistics(2, 0, Map.of(DropReason.NO_REPLY, 2L)), run(new DiscardProcessor()));
        assertEquals(List.of(), transport.sent);
        assertEquals(List.of(), records.messages());
    }

    @Test
    void noOutcomeIsAFailure() throws IOException {
        transport.with("a").with("b");
        assertEquals(
                new Statistics(2, 0, Map.of(DropReason.PROCESSOR_FAILED, 2L)), run((received, answer, peer) -> null));
    }

    @Test
    void anAnswerThatWasFlippedIsAFailureAndNotAnEmptyAnswer() throws IOException {
        transport.with("a");
        assertEquals(new Statistics(1, 0, Map.of(DropReason.PROCESSOR_FAILED, 1L)), run((received, answer, peer) -> {
            answer.put(received).flip();
            return Outcome.REPLY;
        }));
    }

    @Test
    void theByteOrderThatAProcessorSetsIsGoneForTheNextDatagram() throws IOException {
        transport.with("a").with("b");
        run((received, answer, peer) -> {
            answer.putShort((short) 0x4142).order(ByteOrder.LITTLE_ENDIAN);
            return Outcome.REPLY;
        });
        assertEquals(List.of("AB", "AB"), transport.sent);
    }

    static Stream<Arguments> processorFailures() {
        return Stream.of(
                Arguments.of(new IllegalStateException("bug"), DropReason.PROCESSOR_FAILED),
                Arguments.of(new NullPointerException(), DropReason.PROCESSOR_FAILED),
                Arguments.of(new StackOverflowError(), DropReason.PROCESSOR_FAILED),
                Arguments.of(new InternalError("injected"), DropReason.PROCESSOR_FAILED),
                Arguments.of(new AssertionError("bug"), DropReason.PROCESSOR_FAILED),
                Arguments.of(new NoClassDefFoundError("gone"), DropReason.PROCESSOR_FAILED),
                Arguments.of(new BufferOverflowException(), DropReason.REPLY_TOO_LARGE));
    }

    @ParameterizedTest
    @MethodSource("processorFailures")
    void aFailingProcessorCostsOneDatagram(Throwable failure, DropReason reason) throws IOException {
        transport.with("bad").with("good");
        MessageProcessor processor = (received, answer, peer) -> {
            if (received.remaining() == 3) {
                answer.put(received);
                sneak(failure);
            }
            answer.put(received);
            return Outcome.REPLY;
        };
        assertEquals(new Statistics(2, 1, Map.of(reason, 1L)), run(processor));
        assertEquals(List.of("good"), transport.sent);
        assertEquals(1, records.messages().size());
    }

    @Test
    void realRecursionWithoutEndCostsOneDatagram() throws IOException {
        transport.with("bad").with("good");
        MessageProcessor processor =
                MessageProcessor.ofText(text -> text.equals("bad") ? Integer.toString(endless(0)) : text);
        assertEquals(new Statistics(2, 1, Map.of(DropReason.PROCESSOR_FAILED, 1L)), run(processor));
        assertEquals(List.of("good"), transport.sent);
    }

    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    static List<Throwable> socketFailures() {
        return ServerSocketFailureTest.failures();
    }

    @ParameterizedTest
    @MethodSource("socketFailures")
    void aFailingSendCostsOneDatagram(Throwable failure) throws IOException {
        transport.with("a").with("b");
        transport.sendFailures.add(failure);
        assertEquals(new Statistics(2, 1, Map.of(DropReason.SEND_FAILED, 1L)), run(new EchoProcessor()));
        assertEquals(List.of("b"), transport.sent);
        assertOneLine("dropped a datagram from 127.0.0.1:4007: send failed: ", failure);
    }

    @ParameterizedTest
    @MethodSource("socketFailures")
    void aReceiveThatFailsForAWhileCostsNothing(Throwable failure) throws IOException {
        transport.with("a").with("b");
        transport.receiveFailures.addAll(List.of(failure, failure));
        assertEquals(new Statistics(2, 2, Map.of()), run(new EchoProcessor()));
        assertOneLine("receiving failed, trying again: ", failure);
    }

    /** In words, also where the failure has none. */
    private void assertOneLine(String beginning, Throwable failure) {
        assertEquals(1, records.messages().size());
        String message = records.messages().get(0);
        assertTrue(message.startsWith(beginning + failure.getClass().getSimpleName()), message);
        assertFalse(message.contains("null"), message);
    }

    @Test
    void aSendThatFindsTheTransportClosedEndsTheLoop() throws IOException {
        transport.with("a").with("b");
        transport.sendFailures.add(new ClosedChannelException());
        assertEquals(new Statistics(1, 0, Map.of(DropReason.SEND_FAILED, 1L)), run(new EchoProcessor()));
    }

    @Test
    void aFailingReceiveEndsTheLoop() {
        IOException failure = new IOException("broken");
        transport.with("a");
        transport.end = failure;
        ReceiveLoop loop = loop(new EchoProcessor());
        IOException e = assertThrows(IOException.class, () -> loop.run(transport));
        assertEquals("receiving on 127.0.0.1:50007 keeps failing: broken", e.getMessage());
        assertSame(failure, e.getCause());
        assertEquals(new Statistics(1, 1, Map.of()), loop.observer.statistics());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 65507", "::1, 65527"})
    void thereIsRoomForTheLargestDatagramOfTheFamily(String host, int largest) throws IOException {
        List<Integer> rooms = new ArrayList<>();
        InetSocketAddress peer = new InetSocketAddress(host, 4007);
        transport.with(new byte[largest], peer).with(new byte[0], peer);
        Statistics statistics = run((received, answer, from) -> {
            rooms.add(answer.remaining());
            answer.put(new byte[answer.remaining()]);
            return Outcome.REPLY;
        });
        assertEquals(List.of(largest, largest), rooms);
        assertEquals(new Statistics(2, 2, Map.of()), statistics);
        assertEquals(largest, transport.sent.get(0).length());
    }

    @Test
    void theFamilyOfTheLastPeerDoesNotMatter() throws IOException {
        List<Integer> rooms = new ArrayList<>();
        transport
                .with(new byte[1], TestTransport.PEER)
                .with(new byte[1], TestTransport.PEER6)
                .with(new byte[1], TestTransport.PEER);
        run((received, answer, from) -> {
            rooms.add(answer.remaining());
            return Outcome.NO_REPLY;
        });
        assertEquals(List.of(65_507, 65_527, 65_507), rooms);
    }

    @Test
    void oneByteTooMuchIsAnAnswerTooLarge() throws IOException {
        transport.with("a").with("b");
        Supplier<byte[]> tooMuch = () -> new byte[65_508];
        assertEquals(
                new Statistics(2, 0, Map.of(DropReason.REPLY_TOO_LARGE, 2L)),
                run(MessageProcessor.ofBytes(message -> tooMuch.get())));
    }

    @Test
    void aLargestRequestOverIpv6CanBeEchoed() throws IOException {
        transport.with(new byte[65_527], TestTransport.PEER6);
        assertEquals(new Statistics(1, 1, Map.of()), run(new EchoProcessor()));
    }

    @Test
    void theProcessorSeesThePeerAndTheWholeMessageEachTime() throws IOException {
        List<String> seen = new ArrayList<>();
        transport.with("long message").with("b".getBytes(UTF_8), TestTransport.PEER6);
        run((received, answer, peer) -> {
            ByteBuffer copy = received.duplicate();
            received.position(received.limit()).limit(0); // whatever it does to them, the next one finds them fresh
            answer.limit(0);
            seen.add(UTF_8.decode(copy) + " " + peer.getAddress().getHostAddress());
            return Outcome.NO_REPLY;
        });
        assertEquals(List.of("long message 127.0.0.1", "b 0:0:0:0:0:0:0:1"), seen);
    }

    @Test
    void aStoppedLoopAnswersWhatIsQueuedAndEnds() throws IOException {
        transport.with("a").with("b").with("c");
        ReceiveLoop loop = loop(new EchoProcessor());
        stop.request();
        loop.run(transport);
        assertEquals(List.of("a", "b", "c"), transport.sent);
        assertEquals(new Statistics(3, 3, Map.of()), loop.observer.statistics());
    }

    @Test
    void aStoppedLoopWhoseReceiveFailsHasEndedAsItWasTold() throws IOException {
        transport.with("a");
        transport.receiveFailures.add(new IOException("no memory"));
        ReceiveLoop loop = loop(new EchoProcessor());
        stop.request();
        loop.run(transport);
        assertEquals(List.of(), records.messages());
    }

    @Test
    void theDatagramThatWakesIsNotCounted() throws IOException {
        ReceiveLoop loop = loop(new EchoProcessor());
        try (DatagramSocket woken = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            stop.request();
            stop.send((InetSocketAddress) woken.getLocalSocketAddress());
            DatagramPacket packet = new DatagramPacket(new byte[1], 1);
            woken.receive(packet);
            InetSocketAddress waker = (InetSocketAddress) packet.getSocketAddress();
            transport.with("a").with(new byte[0], waker).with("b");
            loop.run(transport);
        } finally {
            stop.send(List.of(), Duration.ZERO); // closes what it has sent from
        }
        assertEquals(List.of("a", "b"), transport.sent);
        assertEquals(new Statistics(2, 2, Map.of()), loop.observer.statistics());
    }

    @Test
    void stoppingFromWithinAnExchangeAnswersThatAndTheRest() throws IOException {
        transport.with("a").with("b");
        ReceiveLoop loop = loop((received, answer, peer) -> {
            stop.request();
            answer.put(received);
            return Outcome.REPLY;
        });
        loop.run(transport);
        assertEquals(List.of("a", "b"), transport.sent);
    }

    @Test
    void whatIsBeyondTheLimitIsNotProcessed() throws IOException {
        transport.with("a").with("b").with("c");
        ReceiveLoop loop = loop(new EchoProcessor(), RateLimit.of(2), stop);
        assertThrows(ClosedChannelException.class, () -> loop.run(transport));
        assertEquals(new Statistics(3, 2, Map.of(DropReason.RATE_LIMITED, 1L)), loop.observer.statistics());
        assertEquals(List.of("a", "b"), transport.sent);
    }

    private ReceiveLoop loop(MessageProcessor processor) {
        return loop(processor, RateLimit.NONE, stop);
    }

    static ReceiveLoop loop(MessageProcessor processor, RateLimit limit, StopSignal stop) {
        Guards guards = new Guards(Set.of(TestTransport.LOCAL), limit);
        return new ReceiveLoop(processor, guards, new Observer(new ServerLog(System::nanoTime)), stop);
    }

    private Statistics run(MessageProcessor processor) throws IOException {
        ReceiveLoop loop = loop(processor);
        // the end of what there is to receive
        assertThrows(ClosedChannelException.class, () -> loop.run(transport));
        return loop.observer.statistics();
    }

    private static void sneak(Throwable failure) {
        if (failure instanceof Error e) {
            throw e;
        }
        throw (RuntimeException) failure;
    }
}
