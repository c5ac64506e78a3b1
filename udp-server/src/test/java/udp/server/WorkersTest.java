package udp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider.Role;
import udp.server.guard.RateLimit;
import udp.server.monitor.Records;
import udp.server.processor.EchoProcessor;
import udp.server.statistics.Statistics;

/** Several workers on one port, and the replacement of those that fail. */
@Timeout(20)
class WorkersTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    private static final int WORKERS = 64;

    private final Records records = Records.attach();

    @AfterEach
    void detach() {
        records.close();
    }

    private static ServerSockets sockets(String transport, int workers) {
        return new ServerSockets(Providers.transport(Role.SERVER, transport), workers);
    }

    private static Server start(ServerSockets sockets, MessageProcessor processor) throws IOException {
        return Server.start(sockets.bind(ANY_PORT), sockets, () -> processor, RateLimit.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void allWorkersServeAndAllAreWoken(String transport) throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Server server = start(sockets(transport, WORKERS), (received, answer, peer) -> {
            threads.add(Thread.currentThread());
            return new EchoProcessor().process(received, answer, peer);
        });
        int asked = 0;
        while (threads.size() < WORKERS) { // the sender's port decides which of them it is
            try (TestClient client = new TestClient(server.localAddress())) {
                assertEquals("hello", client.ask("hello"));
                asked++;
            }
        }
        long start = System.nanoTime();
        server.close();
        assertTrue(System.nanoTime() - start < 1_900_000_000, "one was not woken, but closed after two seconds");
        assertEquals(new Statistics(asked, asked, Map.of()), server.statistics());
        new DatagramSocket(server.localAddress()).close();
    }

    @Test
    void aSlowProcessorHoldsUpItsOwnWorkerAlone() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        Server server = start(sockets("channel", 2), MessageProcessor.ofText(text -> {
            if (text.equals("hold")) {
                awaitUninterruptibly(released);
            }
            return text;
        }));
        List<TestClient> clients = new ArrayList<>();
        try (server) {
            TestClient holding = new TestClient(server.localAddress());
            clients.add(holding);
            holding.send("hold");
            for (int answered = 0; answered < 20; ) { // half of them get the worker that is free
                if (clients.size() < 200) { // more might find no room where the held worker's wait
                    TestClient client = new TestClient(server.localAddress());
                    clients.add(client);
                    client.send("hello");
                }
                answered = (int) server.statistics().replied();
            }
            released.countDown();
            assertEquals("hold", holding.receive());
            for (TestClient client : clients.subList(1, clients.size())) {
                assertEquals("hello", client.receive());
            }
        } finally {
            clients.forEach(TestClient::close);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aWorkerWhoseTransportFailsGetsAnother(int workers) throws Exception {
        ServerSockets sockets = sockets("channel", workers);
        List<Transport> transports = sockets.bind(ANY_PORT);
        CountDownLatch replaced = new CountDownLatch(1);
        TransportFactory opener = local -> {
            Transport another = sockets.open(local);
            replaced.countDown();
            return another;
        };
        try (Server server = Server.start(transports, opener, EchoProcessor::new, RateLimit.NONE)) {
            transports.get(0).close();
            replaced.await();
            for (int i = 0; i < 20; i++) {
                try (TestClient client = new TestClient(server.localAddress())) {
                    assertEquals("hello", client.ask("hello"));
                }
            }
        }
        assertEquals(1, records.messages().size());
        assertTrue(records.messages().get(0).startsWith("opened another socket on 127.0.0.1:"), records.toString());
    }

    @Test
    void aReplacementThatReceivesNothingIsTheEnd() throws Exception {
        List<TestTransport> opened = new ArrayList<>();
        TransportFactory opener = local -> {
            opened.add(new TestTransport());
            return opened.get(opened.size() - 1);
        };
        Server server = Server.start(List.of(new TestTransport()), opener, EchoProcessor::new, RateLimit.NONE);
        assertThrows(ClosedChannelException.class, server::await);
        assertEquals(1, opened.size());
        assertEquals(1, opened.get(0).closed);
    }

    @Test
    void aReplacementThatHasReceivedIsReplacedToo() throws Exception {
        List<TestTransport> opened = new ArrayList<>();
        TransportFactory opener = local -> {
            TestTransport another = new TestTransport();
            opened.add(opened.size() < 3 ? another.with("a") : another);
            return another;
        };
        Server server = Server.start(List.of(new TestTransport()), opener, EchoProcessor::new, RateLimit.NONE);
        assertThrows(ClosedChannelException.class, server::await);
        assertEquals(4, opened.size());
        assertEquals(new Statistics(3, 3, Map.of()), server.statistics());
    }

    @Test
    void aReplacementThatCannotBeOpenedIsTheEnd() throws Exception {
        IOException taken = new IOException("the port is taken");
        TransportFactory opener = local -> {
            throw taken;
        };
        Server server = Server.start(List.of(new TestTransport()), opener, EchoProcessor::new, RateLimit.NONE);
        IOException e = assertThrows(ClosedChannelException.class, server::await);
        assertEquals(List.of(taken), List.of(e.getSuppressed()));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
