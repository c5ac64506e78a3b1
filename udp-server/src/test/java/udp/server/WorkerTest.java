package udp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockConstruction;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.lang.reflect.Field;
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
import org.mockito.MockedConstruction;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider.Role;
import udp.server.guard.RateLimit;
import udp.server.monitor.Records;
import udp.server.processor.EchoProcessor;
import udp.server.statistics.Statistics;
import udp.test.ScriptedTransport;

/** The tests of several workers on one port, and of the replacement of transports that fail. */
@Timeout(20)
class WorkerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);
    private static final int WORKERS = 64;

    private final Records records = Records.attach();

    @AfterEach
    void detach() {
        records.close();
    }

    private static ServerSockets sockets(String transport, int workers) {
        return new ServerSockets(Providers.transport(Role.SERVER, transport), workers, warning -> {});
    }

    private static Server start(String transport, int workers, MessageProcessor processor) throws IOException {
        ServerSockets sockets = sockets(transport, workers);
        return Server.start(sockets.bind(ANY_PORT), sockets, () -> processor, RateLimit.NONE);
    }

    @Test
    void noTransportStaysOpenIfTheSystemHasNoThreadForALaterWorker() throws Exception {
        Field field = Worker.class.getDeclaredField("thread");
        field.setAccessible(true);
        Thread none = new Thread() {
            @Override
            public void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        Transport failing = mock(Transport.class);
        when(failing.localAddress()).thenReturn(ScriptedTransport.LOCAL);
        doThrow(new IOException("close failed")).when(failing).close();
        List<ScriptedTransport> bound = List.of(new ScriptedTransport(), new ScriptedTransport());
        List<Transport> all = List.of(bound.get(0), failing, bound.get(1));
        try (MockedConstruction<Worker> workers = mockConstruction(Worker.class, (worker, context) -> {
            field.set(worker, context.getCount() == 2 ? none : new Thread(worker));
            when(worker.transport()).thenReturn((Transport) context.arguments().get(0));
        })) {
            Error e = assertThrows(OutOfMemoryError.class, () -> Server.start(all, EchoProcessor::new));
            assertEquals("close failed", e.getSuppressed()[0].getMessage());
            assertEquals(3, workers.constructed().size());
            assertEquals(List.of(1, 1), bound.stream().map(each -> each.closed).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void eachWorkerServesAndIsToldToStop(String transport) throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Server server = start(transport, WORKERS, (request, reply, peer) -> {
            threads.add(Thread.currentThread());
            return new EchoProcessor().process(request, reply, peer);
        });
        int asked = 0;
        while (threads.size() < WORKERS) { // The client's port decides which worker it is.
            try (TestClient client = new TestClient(server.localAddress())) {
                assertEquals("hello", client.ask("hello"));
                asked++;
            }
        }
        long start = System.nanoTime();
        server.close();
        assertTrue(System.nanoTime() - start < 1_900_000_000, "a worker was not told, but closed after two seconds");
        assertEquals(new Statistics(asked, asked, Map.of()), server.statistics());
        new DatagramSocket(server.localAddress()).close();
    }

    @Test
    void aSlowProcessorHoldsUpOneWorkerOnly() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        Server server = start("channel", 2, MessageProcessor.ofText(text -> {
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
            while (server.statistics().replied() < 20) { // Half of the clients get the worker that is free.
                if (clients.size() < 200) { // The socket of the other has no room for many more.
                    TestClient client = new TestClient(server.localAddress());
                    clients.add(client);
                    client.send("hello");
                }
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
    void aTransportThatFailsIsReplaced(int workers) throws Exception {
        ServerSockets sockets = sockets("channel", workers);
        List<Transport> transports = sockets.bind(ANY_PORT);
        CountDownLatch replaced = new CountDownLatch(1);
        TransportFactory factory = local -> {
            Transport another = sockets.open(local);
            replaced.countDown();
            return another;
        };
        try (Server server = Server.start(transports, factory, EchoProcessor::new, RateLimit.NONE)) {
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
    void aReplacementThatFailsBeforeItReceivesEndsTheWorker() {
        List<ScriptedTransport> opened = new ArrayList<>();
        Server server = startFailing(local -> {
            opened.add(new ScriptedTransport());
            return opened.get(opened.size() - 1);
        });
        assertThrows(ClosedChannelException.class, server::await);
        assertEquals(1, opened.size());
        assertEquals(1, opened.get(0).closed);
    }

    @Test
    void aReplacementThatFailsAfterItReceivesIsReplacedToo() {
        List<ScriptedTransport> opened = new ArrayList<>();
        Server server = startFailing(local -> {
            ScriptedTransport another = new ScriptedTransport();
            opened.add(opened.size() < 3 ? another.receiving("a") : another);
            return another;
        });
        assertThrows(ClosedChannelException.class, server::await);
        assertEquals(4, opened.size());
        assertEquals(new Statistics(3, 3, Map.of()), server.statistics());
    }

    @Test
    void aFailureToReplaceEndsTheWorker() {
        IOException taken = new IOException("the port is taken");
        Server server = startFailing(local -> {
            throw taken;
        });
        IOException e = assertThrows(ClosedChannelException.class, server::await);
        assertEquals(List.of(taken), List.of(e.getSuppressed()));
    }

    /** The server closes the transports that it knows, and this one comes too late. */
    @Test
    void aReplacementThatIsOpenedWhileTheServerClosesIsClosed() throws Exception {
        ScriptedTransport late = new ScriptedTransport();
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Server server = startFailing(local -> {
            opening.countDown();
            awaitUninterruptibly(released);
            return late;
        });
        opening.await();
        server.close();
        assertEquals(0, late.closed);
        released.countDown();
        assertThrows(ClosedChannelException.class, server::await);
        while (late.closed == 0) {
            Thread.onSpinWait();
        }
    }

    private static Server startFailing(TransportFactory factory) {
        return Server.start(List.of(new ScriptedTransport()), factory, EchoProcessor::new, RateLimit.NONE);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
