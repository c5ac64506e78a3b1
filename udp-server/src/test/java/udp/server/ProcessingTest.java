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
                costs(DropReason.PROCESSOR_FAILED, throwing(new IllegalStateException("bug"))),
                costs(DropReason.PROCESSOR_FAILED, throwing(new NullPointerException())),
                costs(DropReason.PROCESSOR_FAILED, throwing(new NoClassDefFoundError("gone"))),
                costs(DropReason.PROCESSOR_FAILED, throwing(new IOException("checked, as Kotlin throws it"))),
                costs(DropReason.REPLY_TOO_LARGE, throwing(new BufferOverflowException())),
                costs(DropReason.REPLY_TOO_LARGE, MessageProcessor.ofBytes(request -> new byte[65_508])),
                costs(DropReason.PROCESSOR_FAILED, MessageProcessor.ofText(text -> "" + recurse(0))),
                costs(DropReason.PROCESSOR_FAILED, (request, reply, peer) -> null),
                costs(DropReason.PROCESSOR_FAILED, (request, reply, peer) -> {
                    reply.put(request).flip(); // Without a check, the reply would be empty.
                    return Outcome.REPLY;
                }));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aProcessorThatFailsCostsOneReply(DropReason reason, MessageProcessor failing) {
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

    private static Arguments costs(DropReason reason, MessageProcessor failing) {
        return Arguments.of(reason, failing);
    }

    private static MessageProcessor throwing(Throwable failure) {
        return (request, reply, peer) -> {
            reply.put(request);
            throw ProcessingTest.<RuntimeException>unchecked(failure);
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException unchecked(Throwable failure) throws T {
        throw (T) failure;
    }

    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    private Statistics run(MessageProcessor processor) {
        ReceiveLoop loop = ReceiveLoopTest.loop(processor, RateLimit.NONE, new StopSignal());
        assertThrows(ClosedChannelException.class, () -> loop.run(transport)); // the end of the script
        return loop.observer.statistics();
    }
}
