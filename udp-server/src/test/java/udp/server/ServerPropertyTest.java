package udp.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.server.guard.RateLimit;
import udp.server.monitor.Records;
import udp.server.processor.UpperProcessor;
import udp.server.statistics.Statistics;
import udp.test.ScriptedTransport;

/** Any request from anywhere gets a reply or is counted as dropped, whatever the processor does. The server goes on. */
class ServerPropertyTest {
    private record Datagram(byte[] bytes, byte[] address, int port) {}

    private static Server channelServer;
    private static Server socketServer;

    @BeforeContainer
    static void start() throws IOException {
        channelServer = TestServer.start("channel", new UpperProcessor());
        socketServer = TestServer.start("socket", new UpperProcessor());
    }

    @AfterContainer
    static void everyRequestGotAReply() throws IOException {
        for (Server server : List.of(channelServer, socketServer)) {
            server.close();
            Statistics statistics = server.statistics();
            assertEquals(new Statistics(statistics.received(), statistics.received(), Map.of()), statistics);
        }
    }

    @Property
    void anyBytesGetAReplyFromBothTransports(@ForAll byte[] message) throws IOException {
        String expected = new String(message, UTF_8).toUpperCase(Locale.ROOT);
        for (Server server : List.of(channelServer, socketServer)) {
            try (TestClient client = new TestClient(server.localAddress())) {
                client.send(message);
                assertEquals(expected, client.receive());
            }
        }
    }

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
