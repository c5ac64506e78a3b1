package udp.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.server.guard.RateLimit;
import udp.server.monitor.Records;
import udp.server.statistics.Statistics;
import udp.test.ScriptedTransport;

/** Any request from anywhere gets a reply or is counted as dropped, whatever the processor does. The server goes on. */
class ServerPropertyTest {
    private record Datagram(byte[] bytes, byte[] address, int port) {}

    @Property
    void anyDatagramFromAnywhereIsCountedOnce(@ForAll("datagrams") List<Datagram> datagrams) throws IOException {
        ScriptedTransport transport = new ScriptedTransport();
        for (Datagram datagram : datagrams) {
            InetAddress address = InetAddress.getByAddress(datagram.address());
            transport.receiving(datagram.bytes(), new InetSocketAddress(address, datagram.port()));
        }
        ReceiveLoop loop = ReceiveLoopTest.loop(ServerPropertyTest::misbehave, RateLimit.NONE, new StopSignal());
        Records records = Records.attach();
        try {
            assertThrows(ClosedChannelException.class, () -> loop.run(transport));
        } finally {
            records.close();
        }
        Statistics statistics = loop.observer.statistics();
        long dropped = statistics.dropped().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertEquals(datagrams.size(), statistics.received());
        assertEquals(datagrams.size(), statistics.replied() + dropped);
        assertEquals(transport.sent.size(), statistics.replied());
    }

    /** Misbehaves as the first byte of the request says. */
    private static Outcome misbehave(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        MessageProcessor processor = MessageProcessor.ofBytes(message -> switch (message[0] & 7) { // There may be none.
            case 0 -> throw new IllegalStateException(new String(message, ISO_8859_1));
            case 1 -> throw new StackOverflowError();
            case 2 -> new byte[70_000];
            case 3 -> null;
            default -> message;
        });
        return processor.process(request, reply, peer);
    }

    @Provide
    Arbitrary<List<Datagram>> datagrams() {
        Arbitrary<byte[]> addresses = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofSize(4),
                Arbitraries.bytes().array(byte[].class).ofSize(16));
        return Combinators.combine(
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(50),
                        addresses,
                        Arbitraries.integers().between(0, 65_535))
                .as(Datagram::new)
                .list()
                .ofMaxSize(20)
                .withoutEdgeCases();
    }
}
