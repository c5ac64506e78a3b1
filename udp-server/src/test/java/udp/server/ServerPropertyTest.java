package udp.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
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

/** Whatever comes from wherever, and whatever a processor makes of it: it is answered or counted, and the server goes on. */
class ServerPropertyTest {
    private record Datagram(byte[] bytes, byte[] address, int port) {}

    private static Server channelServer;
    private static Server socketServer;

    @BeforeContainer
    static void start() throws IOException {
        channelServer = Server.start(ServerTest.open("channel", "127.0.0.1"), new UpperProcessor());
        socketServer = Server.start(ServerTest.open("socket", "127.0.0.1"), new UpperProcessor());
    }

    @AfterContainer
    static void everythingWasAnswered() throws IOException {
        for (Server server : List.of(channelServer, socketServer)) {
            server.close();
            Statistics statistics = server.statistics();
            assertEquals(new Statistics(statistics.received(), statistics.received(), Map.of()), statistics);
        }
    }

    @Property
    void anyBytesAreAnsweredByBothTransports(@ForAll byte[] message) throws IOException {
        String expected = new String(message, UTF_8).toUpperCase(Locale.ROOT);
        for (Server server : List.of(channelServer, socketServer)) {
            try (DatagramSocket client = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
                client.setSoTimeout(20_000);
                client.send(new DatagramPacket(message, message.length, server.localAddress()));
                DatagramPacket answer = new DatagramPacket(new byte[65_507], 65_507);
                client.receive(answer);
                assertEquals(expected, new String(answer.getData(), 0, answer.getLength(), UTF_8));
            }
        }
    }

    @Property
    void anyDatagramFromAnywhereIsCountedOnce(@ForAll("datagrams") List<Datagram> datagrams) throws IOException {
        TestTransport transport = new TestTransport();
        for (Datagram datagram : datagrams) {
            InetAddress address = InetAddress.getByAddress(datagram.address());
            transport.with(datagram.bytes(), new InetSocketAddress(address, datagram.port()));
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

    /** As the first byte says. */
    private static Outcome misbehave(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
        MessageProcessor processor =
                MessageProcessor.ofBytes(message -> switch (message[0] & 7) { // or not even one byte
                    case 0 -> throw new IllegalStateException(new String(message, ISO_8859_1));
                    case 1 -> throw new StackOverflowError();
                    case 2 -> new byte[70_000];
                    case 3 -> null;
                    default -> message;
                });
        return processor.process(received, answer, peer);
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
