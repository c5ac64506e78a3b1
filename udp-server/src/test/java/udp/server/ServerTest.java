package udp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.server.monitor.Records;
import udp.server.processor.EchoProcessor;
import udp.server.processor.UpperProcessor;
import udp.server.statistics.DropReason;
import udp.server.statistics.Statistics;
import udp.test.Background;
import udp.test.ScriptedTransport;

@Timeout(20)
class ServerTest {
    private final Records records = Records.attach();

    @AfterEach
    void detach() {
        records.close();
    }

    @ParameterizedTest
    @CsvSource({
        "channel, 127.0.0.1", "channel, ::1", "channel, 0.0.0.0", "channel, ::",
        "socket,  127.0.0.1", "socket,  ::1", "socket,  0.0.0.0", "socket,  ::"
    })
    void aRequestGetsAReply(String transport, String host) throws IOException {
        Server server = Server.start(TestServer.bind(transport, host), new UpperProcessor());
        try (server;
                TestClient client = new TestClient(server.localAddress())) {
            assertNotEquals(0, server.localAddress().getPort());
            assertEquals("HELLO", client.ask("hello"));
            assertEquals("", client.ask(""));
        }
        assertEquals(new Statistics(2, 2, Map.of()), server.statistics());
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void theLargestDatagramIsReceivedAndSent(String transport) throws IOException {
        String largest = "x".repeat(65_507);
        try (Server server = TestServer.start(transport, new EchoProcessor());
                TestClient client = new TestClient(server.localAddress())) {
            assertEquals(largest, client.ask(largest));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aProcessorThatLeavesItsThreadInterruptedDoesNotEndTheServer(String transport) throws IOException {
        MessageProcessor processor = MessageProcessor.ofText(text -> {
            if (text.equals("interrupt")) {
                Thread.currentThread().interrupt(); // as a program does that catches InterruptedException
                return null;
            }
            return text;
        });
        try (Server server = TestServer.start(transport, processor);
                TestClient client = new TestClient(server.localAddress())) {
            client.send("interrupt");
            assertEquals("still there", client.ask("still there"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aClientThatIsGoneDoesNotEndTheServer(String transport) throws IOException {
        try (Server server = TestServer.start(transport, new EchoProcessor());
                TestClient client = new TestClient(server.localAddress())) {
            try (TestClient gone = new TestClient(server.localAddress())) {
                gone.send("its port is closed when the reply comes");
            }
            assertEquals("still there", client.ask("still there"));
        }
    }

    @Test
    void aTransportThatSomeoneElseClosesEndsTheServer() throws Exception {
        Transport transport = TestServer.bind("channel", "127.0.0.1");
        Server server = Server.start(transport, new EchoProcessor());
        transport.close();
        assertThrows(ClosedChannelException.class, server::await);
        server.close();
    }

    @Test
    void severalTransportsAreServedAndCountedTogether() throws Exception {
        List<Transport> transports =
                List.of(TestServer.bind("channel", "127.0.0.1"), TestServer.bind("socket", "127.0.0.1"));
        Server server = Server.start(transports, EchoProcessor::new);
        for (Transport transport : transports) {
            try (TestClient client = new TestClient(transport.localAddress())) {
                assertEquals("hello", client.ask("hello"));
            }
        }
        server.close();
        assertEquals(new Statistics(2, 2, Map.of()), server.statistics());
        for (Transport transport : transports) {
            new DatagramSocket(transport.localAddress()).close();
        }
    }

    /** A forged datagram could come from there: each transport would reply to the other. */
    @Test
    void aRequestFromAnotherOfItsTransportsIsRefused() throws Exception {
        List<Transport> transports =
                List.of(TestServer.bind("channel", "127.0.0.1"), TestServer.bind("channel", "127.0.0.1"));
        Server server = Server.start(transports, EchoProcessor::new);
        transports.get(0).send(ByteBuffer.wrap(new byte[1]), transports.get(1).localAddress());
        server.close();
        assertEquals(new Statistics(1, 0, Map.of(DropReason.SOURCE_REFUSED, 1L)), server.statistics());
    }

    @Test
    void allTransportsTogetherReportOncePerSecond() throws IOException {
        List<Transport> transports = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            transports.add(new ScriptedTransport().receiving("a"));
        }
        long start = System.nanoTime();
        Server server = Server.start(
                transports,
                () -> MessageProcessor.ofText(text -> {
                    throw new IllegalStateException("bug");
                }));
        while (server.statistics().received() < transports.size()) {
            Thread.onSpinWait();
        }
        server.close();
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        assertTrue(records.messages().size() <= 1 + seconds, records.messages()::toString);
    }

    @Test
    void theFailureOfOneTransportIsReported() throws Exception {
        List<Transport> transports = List.of(TestServer.bind("channel", "127.0.0.1"), new ScriptedTransport());
        try (Server server = Server.start(transports, EchoProcessor::new)) {
            assertThrows(ClosedChannelException.class, server::await);
        }
    }

    @Test
    void anInterruptEndsTheWaitAndNotTheServer() throws Exception {
        try (Server server = TestServer.start("channel", new EchoProcessor());
                TestClient client = new TestClient(server.localAddress())) {
            CountDownLatch started = new CountDownLatch(1);
            Background<?> waiting = Background.run(() -> {
                started.countDown();
                server.await();
            });
            started.await();
            waiting.thread.interrupt();
            assertThrows(InterruptedException.class, waiting::result);
            assertEquals("still there", client.ask("still there"));
        }
    }

    @Test
    void theThreadIsADaemonWithTheAddressAsItsName() throws IOException {
        MessageProcessor processor = MessageProcessor.ofText(text ->
                Thread.currentThread().isDaemon() + " " + Thread.currentThread().getName());
        try (Server server = TestServer.start("channel", processor);
                TestClient client = new TestClient(server.localAddress())) {
            assertEquals("true udp-server 127.0.0.1:" + server.localAddress().getPort(), client.ask("?"));
        }
    }

    @Test
    void aServerNeedsATransportAndAProcessor() {
        assertThrows(IllegalArgumentException.class, () -> Server.start(List.of(), EchoProcessor::new));
        assertThrows(NullPointerException.class, () -> Server.start(null, new EchoProcessor()));
        assertThrows(NullPointerException.class, () -> Server.start(new ScriptedTransport(), null));
    }
}
