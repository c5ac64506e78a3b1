package udp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider.Role;
import udp.server.monitor.Records;
import udp.server.processor.EchoProcessor;
import udp.server.processor.UpperProcessor;
import udp.server.statistics.DropReason;
import udp.server.statistics.Statistics;
import udp.test.Background;

/** The server over real sockets. */
@Timeout(20)
public class ServerTest {
    private final Records records = Records.attach();

    @AfterEach
    void detach() {
        records.close();
    }

    public static Transport open(String transport, String host) throws IOException {
        return Providers.transport(Role.SERVER, transport).open(TransportConfig.bind(new InetSocketAddress(host, 0)));
    }

    @ParameterizedTest
    @CsvSource({
        "channel, 127.0.0.1", "channel, ::1", "channel, 0.0.0.0", "channel, ::",
        "socket,  127.0.0.1", "socket,  ::1", "socket,  0.0.0.0", "socket,  ::"
    })
    void aRequestIsAnswered(String transport, String host) throws IOException {
        Server server = Server.start(open(transport, host), new UpperProcessor());
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
    void theAnswerGoesToWhoAsked(String transport) throws IOException {
        MessageProcessor processor = MessageProcessor.ofText(UnaryOperator.identity());
        try (Server server = Server.start(open(transport, "127.0.0.1"), processor);
                TestClient first = new TestClient(server.localAddress());
                TestClient second = new TestClient(server.localAddress())) {
            first.send("first");
            second.send("second");
            assertEquals("second", second.receive());
            assertEquals("first", first.receive());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void theLargestDatagramIsEchoed(String transport) throws IOException {
        String largest = "x".repeat(65_507);
        try (Server server = Server.start(open(transport, "127.0.0.1"), new EchoProcessor());
                TestClient client = new TestClient(server.localAddress())) {
            assertEquals(largest, client.ask(largest));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aFailingProcessorDoesNotEndTheServer(String transport) throws IOException {
        MessageProcessor processor = MessageProcessor.ofText(text -> switch (text) {
            case "exception" -> throw new IllegalStateException("bug");
            case "error" -> throw new StackOverflowError();
            case "large" -> "x".repeat(65_508);
            case "silence" -> null;
            default -> text;
        });
        Server server = Server.start(open(transport, "127.0.0.1"), processor);
        try (server;
                TestClient client = new TestClient(server.localAddress())) {
            for (String request : new String[] {"exception", "error", "large", "silence"}) {
                client.send(request);
            }
            assertEquals("still there", client.ask("still there"));
        }
        assertEquals(
                new Statistics(
                        5,
                        1,
                        Map.of(
                                DropReason.PROCESSOR_FAILED, 2L,
                                DropReason.REPLY_TOO_LARGE, 1L,
                                DropReason.NO_REPLY, 1L)),
                server.statistics());
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aProcessorThatLeavesItsThreadInterruptedDoesNotEndTheServer(String transport) throws IOException {
        MessageProcessor processor = MessageProcessor.ofText(text -> {
            if (text.equals("interrupt")) {
                Thread.currentThread().interrupt(); // as everybody does who catches InterruptedException
                return null;
            }
            return text;
        });
        Server server = Server.start(open(transport, "127.0.0.1"), processor);
        try (server;
                TestClient client = new TestClient(server.localAddress())) {
            client.send("interrupt");
            assertEquals("still there", client.ask("still there"));
        }
    }

    @Test
    void aPeerThatIsGoneDoesNotEndTheServer() throws IOException {
        try (Server server = Server.start(open("channel", "127.0.0.1"), new EchoProcessor())) {
            for (int i = 0; i < 3; i++) {
                try (TestClient gone = new TestClient(server.localAddress())) {
                    gone.send("its port is closed when the answer comes");
                }
            }
            try (TestClient client = new TestClient(server.localAddress())) {
                assertEquals("still there", client.ask("still there"));
            }
        }
    }

    @Test
    void aFailingReceiveEndsTheServerAndIsReported() {
        TestTransport transport = new TestTransport().with("a");
        IOException failure = new IOException("broken");
        transport.end = failure;
        Server server = Server.start(transport, new EchoProcessor());
        IOException e = assertThrows(IOException.class, server::await);
        assertSame(failure, e.getCause());
        assertSame(e, assertThrows(IOException.class, server::await));
        assertEquals(1, transport.closed);
        assertEquals(new Statistics(1, 1, Map.of()), server.statistics());
    }

    @Test
    void aTransportWithABugEndsTheServerAndIsReported() {
        TestTransport transport = new TestTransport();
        transport.end = new IllegalStateException("bug");
        Server server = Server.start(transport, new EchoProcessor());
        IOException e = assertThrows(IOException.class, server::await);
        assertEquals("receiving on 127.0.0.1:50007 keeps failing: bug", e.getMessage());
        assertSame(transport.end, e.getCause());
        assertEquals(1, transport.closed);
    }

    @Test
    void aTransportThatSomeoneElseClosesEndsTheServerWithAFailure() throws Exception {
        Transport transport = open("channel", "127.0.0.1");
        Server server = Server.start(transport, new EchoProcessor());
        transport.close();
        assertThrows(ClosedChannelException.class, server::await);
        server.close();
    }

    @Test
    void severalTransportsAreServedAndCountedTogether() throws Exception {
        List<Transport> transports = List.of(open("channel", "127.0.0.1"), open("socket", "127.0.0.1"));
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

    /** As a forged datagram would seem to: each of them would answer the other. */
    @Test
    void whatComesFromAnotherOfItsTransportsIsRefused() throws Exception {
        List<Transport> transports = List.of(open("channel", "127.0.0.1"), open("channel", "127.0.0.1"));
        Server server = Server.start(transports, EchoProcessor::new);
        transports.get(0).send(ByteBuffer.wrap(new byte[1]), transports.get(1).localAddress());
        server.close();
        assertEquals(new Statistics(1, 0, Map.of(DropReason.SOURCE_REFUSED, 1L)), server.statistics());
    }

    @Test
    void itsTransportsTogetherLogNoMoreThanOneWould() throws IOException {
        List<Transport> transports = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            transports.add(new TestTransport().with("a"));
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
    void oneTransportThatFailsIsReported() throws Exception {
        TestTransport failing = new TestTransport();
        failing.end = new IOException("broken");
        try (Server server = Server.start(List.of(open("channel", "127.0.0.1"), failing), EchoProcessor::new)) {
            assertThrows(IOException.class, server::await);
        }
    }

    @Test
    void aServerNeedsATransport() {
        assertThrows(IllegalArgumentException.class, () -> Server.start(List.of(), EchoProcessor::new));
    }

    @Test
    void anInterruptEndsWaitingAndNotTheServer() throws Exception {
        try (Server server = Server.start(open("channel", "127.0.0.1"), new EchoProcessor());
                TestClient client = new TestClient(server.localAddress())) {
            CountDownLatch started = new CountDownLatch(1);
            Background<?> waiting = Background.start(() -> {
                started.countDown();
                server.await();
                return null;
            });
            started.await();
            waiting.thread.interrupt();
            assertThrows(InterruptedException.class, waiting::result);
            assertEquals("still there", client.ask("still there"));
        }
    }

    @Test
    void theServersThreadIsADaemonNamedByThePort() throws IOException {
        StringBuilder name = new StringBuilder();
        MessageProcessor processor = MessageProcessor.ofText(text -> {
            name.append(Thread.currentThread().getName());
            return Boolean.toString(Thread.currentThread().isDaemon());
        });
        try (Server server = Server.start(open("channel", "127.0.0.1"), processor);
                TestClient client = new TestClient(server.localAddress())) {
            assertEquals("true", client.ask("?"));
            assertEquals("udp-server 127.0.0.1:" + server.localAddress().getPort(), name.toString());
        }
    }

    @Test
    void aTransportAndAProcessorAreNeeded() {
        assertThrows(NullPointerException.class, () -> Server.start(null, new EchoProcessor()));
        assertThrows(NullPointerException.class, () -> Server.start(new TestTransport(), null));
    }
}
