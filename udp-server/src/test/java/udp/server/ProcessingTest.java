package udp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.server.guard.RateLimit;
import udp.server.monitor.Records;
import udp.server.processor.DiscardProcessor;
import udp.server.statistics.DropReason;
import udp.server.statistics.Statistics;
import udp.test.ScriptedTransport;

/** The tests of what the receive loop gives a processor, and of processors that break the rules. */
@Timeout(20)
class ProcessingTest {
    private final Records records = Records.attach();
    private final ScriptedTransport transport = new ScriptedTransport();

    @AfterEach
    void detach() {
        records.close();
    }

    @Test
    void theProcessorSeesThePeerAndTheWholeRequest() {
        List<String> seen = new ArrayList<>();
        transport.receiving("long message").receiving("b".getBytes(UTF_8), ScriptedTransport.PEER6);
        run((request, reply, peer) -> {
            seen.add(UTF_8.decode(request.duplicate()) + " " + peer.getAddress().getHostAddress());
            request.position(request.limit()).limit(0); // The next request must not suffer from it.
            reply.limit(0);
            return Outcome.NO_REPLY;
        });
        assertEquals(List.of("long message 127.0.0.1", "b 0:0:0:0:0:0:0:1"), seen);
    }

    @Test
    void thereIsRoomForTheLargestReplyToThePeer() {
        List<Integer> rooms = new ArrayList<>();
        transport
                .receiving(new byte[1], ScriptedTransport.PEER)
                .receiving(new byte[1], ScriptedTransport.PEER6)
                .receiving(new byte[1], ScriptedTransport.PEER);
        Statistics statistics = run((request, reply, peer) -> {
            rooms.add(reply.remaining());
            reply.put(new byte[reply.remaining()]);
            return Outcome.REPLY;
        });
        assertEquals(List.of(65_507, 65_527, 65_507), rooms);
        assertEquals(new Statistics(3, 3, Map.of()), statistics);
    }

    @Test
    void aByteOrderThatAProcessorSetsIsForgotten() {
        transport.receiving("a").receiving("b");
        run((request, reply, peer) -> {
            reply.putShort((short) 0x4142).order(ByteOrder.LITTLE_ENDIAN);
            return Outcome.REPLY;
        });
        assertEquals(List.of("AB", "AB"), transport.sent);
    }

    @Test
    void aWantedSilenceIsCountedAndNotReported() {
        transport.receiving("a").receiving("b");
        assertEquals(new Statistics(2, 0, Map.of(DropReason.NO_REPLY, 2L)), run(new DiscardProcessor()));
        assertEquals(List.of(), transport.sent);
        assertEquals(List.of(), records.messages());
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IllegalStateException("bug"), DropReason.PROCESSOR_FAILED),
                Arguments.of(new NullPointerException(), DropReason.PROCESSOR_FAILED),
                Arguments.of(new NoClassDefFoundError("gone"), DropReason.PROCESSOR_FAILED),
                Arguments.of(new IOException("a checked exception, as Kotlin throws it"), DropReason.PROCESSOR_FAILED),
                Arguments.of(new BufferOverflowException(), DropReason.REPLY_TOO_LARGE));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aProcessorThatThrowsCostsOneReply(Throwable failure, DropReason reason) {
        assertCostsOneReply(reason, (request, reply, peer) -> {
            reply.put(request);
            throw ProcessingTest.<RuntimeException>unchecked(failure);
        });
    }

    @Test
    void aRecursionWithoutEndCostsOneReply() {
        assertCostsOneReply(DropReason.PROCESSOR_FAILED, MessageProcessor.ofText(text -> Integer.toString(recurse(0))));
    }

    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    @Test
    void aReplyThatIsOneByteTooLargeCostsOneReply() {
        assertCostsOneReply(DropReason.REPLY_TOO_LARGE, MessageProcessor.ofBytes(request -> new byte[65_508]));
    }

    @Test
    void aMissingOutcomeCostsOneReply() {
        assertCostsOneReply(DropReason.PROCESSOR_FAILED, (request, reply, peer) -> null);
    }

    /** Without a check, the reply would be empty. */
    @Test
    void aFlippedReplyCostsOneReply() {
        assertCostsOneReply(DropReason.PROCESSOR_FAILED, (request, reply, peer) -> {
            reply.put(request).flip();
            return Outcome.REPLY;
        });
    }

    private void assertCostsOneReply(DropReason reason, MessageProcessor failing) {
        transport.receiving("bad").receiving("good");
        Statistics statistics = run((request, reply, peer) -> {
            if (request.remaining() == 3) {
                return failing.process(request, reply, peer);
            }
            reply.put(request);
            return Outcome.REPLY;
        });
        assertEquals(new Statistics(2, 1, Map.of(reason, 1L)), statistics);
        assertEquals(List.of("good"), transport.sent);
        assertEquals(1, records.messages().size());
    }

    private Statistics run(MessageProcessor processor) {
        ReceiveLoop loop = ReceiveLoopTest.loop(processor, RateLimit.NONE, new StopSignal());
        assertThrows(ClosedChannelException.class, () -> loop.run(transport)); // the end of the script
        return loop.observer.statistics();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException unchecked(Throwable failure) throws T {
        throw (T) failure;
    }
}
