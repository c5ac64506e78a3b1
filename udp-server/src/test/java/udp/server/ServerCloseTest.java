package udp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.server.processor.DiscardProcessor;
import udp.server.processor.EchoProcessor;
import udp.server.statistics.Statistics;
import udp.test.Background;
import udp.test.Loopback;
import udp.test.ScriptedTransport;

/** The tests of how a server ends. */
@Timeout(20)
class ServerCloseTest {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Echoes, but waits until it is released. */
    private final MessageProcessor held = MessageProcessor.ofText(text -> {
        entered.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return text;
    });

    @AfterEach
    void release() {
        released.countDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void queuedRequestsGetTheirReplies(String transport) throws Exception {
        Server server = TestServer.start(transport, held);
        try (TestClient client = new TestClient(server.localAddress())) {
            client.send("0");
            entered.await();
            for (int i = 1; i < 6; i++) {
                client.send(Integer.toString(i));
            }
            Background<?> closing = Background.run(server::close);
            Background.awaitWaiting(closing.thread); // It has sent the stop signal.
            released.countDown();
            closing.result();
            for (int i = 0; i < 6; i++) {
                assertEquals(Integer.toString(i), client.receive());
            }
        }
        assertEquals(new Statistics(6, 6, Map.of()), server.statistics());
        server.await();
    }

    @ParameterizedTest
    @CsvSource({
        "channel, 127.0.0.1", "channel, ::1", "channel, 0.0.0.0", "channel, ::",
        "socket,  127.0.0.1", "socket,  ::1", "socket,  0.0.0.0", "socket,  ::"
    })
    void anIdleServerIsToldToStopByADatagramThatIsNotCounted(String transport, String host) throws Exception {
        Server server = Server.start(TestServer.bind(transport, host), new EchoProcessor());
        long start = System.nanoTime();
        server.close();
        assertTrue(System.nanoTime() - start < 1_900_000_000, "it was not told, but closed after two seconds");
        assertEquals(new Statistics(0, 0, Map.of()), server.statistics());
        server.await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void thePortIsFreeAfterClosing(String transport) throws IOException {
        Server server = TestServer.start(transport, new EchoProcessor());
        InetSocketAddress address = server.localAddress();
        assertThrows(IOException.class, () -> new DatagramSocket(address).close());
        server.close();
        new DatagramSocket(address).close();
        assertEquals(address, server.localAddress());
    }

    @Test
    void closingAgainSendsNothingToWhoHasThePortNow() throws IOException {
        Server server = TestServer.start("channel", new EchoProcessor());
        server.close();
        try (Transport another = new ChannelServerProvider().open(TransportConfig.bind(server.localAddress()))) {
            server.close();
            assertNull(another.receive(ByteBuffer.allocate(64), Duration.ZERO));
        }
        assertEquals(new Statistics(0, 0, Map.of()), server.statistics());
    }

    @Test
    void noStopSignalIsCountedIfTwoThreadsCloseAtOnce() throws Exception {
        Server server = TestServer.start("channel", held);
        try (TestClient client = new TestClient(server.localAddress())) {
            client.send("a");
            entered.await();
            Background<?> first = Background.run(server::close);
            Background.awaitWaiting(first.thread);
            Background<?> second = Background.run(server::close);
            Background.awaitWaiting(second.thread);
            released.countDown();
            first.result();
            second.result();
        }
        assertEquals(new Statistics(1, 1, Map.of()), server.statistics());
    }

    /** Its thread waits in Java, so that two signals are enough. The closing thread waits a moment for its end. */
    @Test
    void aProcessorThatHangsDoesNotKeepTheServerOpenAndAnInterruptDoesNotHurry() throws Exception {
        AtomicReference<Thread> worker = new AtomicReference<>();
        AtomicReference<Thread> closer = new AtomicReference<>();
        try (DatagramSocket socket = Loopback.socket(Loopback.IPV4)) {
            Transport transport = mock(Transport.class);
            when(transport.localAddress()).thenReturn((InetSocketAddress) socket.getLocalSocketAddress());
            when(transport.receive(any())).thenReturn(ScriptedTransport.PEER);
            doAnswer(close -> {
                        released.countDown();
                        return null;
                    })
                    .when(transport)
                    .close();
            Server server = Server.start(transport, (request, reply, peer) -> {
                worker.set(Thread.currentThread());
                held.process(request, reply, peer);
                Background.awaitWaiting(closer.get()); // or its end
                return Outcome.REPLY;
            });
            entered.await();
            Background.awaitWaiting(worker.get());
            Background<?> waiting = Background.run(server::await);
            Background<Boolean> closing = Background.start(() -> {
                closer.set(Thread.currentThread());
                Thread.currentThread().interrupt();
                server.close();
                assertFalse(worker.get().isAlive());
                return Thread.currentThread().isInterrupted();
            });
            assertTrue(closing.result());
            waiting.result();
            assertEquals(1, server.statistics().received());
            socket.setSoTimeout(1);
            int signals = 0;
            try {
                for (DatagramPacket packet = new DatagramPacket(new byte[64], 64); ; signals++) {
                    socket.receive(packet);
                }
            } catch (SocketTimeoutException e) {
                assertEquals(2, signals);
            }
        }
    }

    @Test
    void aProcessorClosesItsServerAndItsReplyIsSent() throws Exception {
        AtomicReference<Server> self = new AtomicReference<>();
        Server server = TestServer.start("channel", (request, reply, peer) -> {
            try {
                self.get().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new EchoProcessor().process(request, reply, peer);
        });
        self.set(server);
        try (TestClient client = new TestClient(server.localAddress())) {
            assertEquals("bye", client.ask("bye"));
        }
        server.await();
        new DatagramSocket(server.localAddress()).close();
    }

    @Test
    void aServerThatCannotBeToldToStopEndsWithTheNextDatagram() throws Exception {
        Transport busy = mock(Transport.class, withSettings().stubOnly());
        when(busy.localAddress())
                .thenReturn(new InetSocketAddress("192.0.2.1", 9)); // not of this host: binding there fails
        when(busy.receive(any())).thenReturn(ScriptedTransport.PEER);
        Server server = Server.start(busy, new DiscardProcessor());
        server.close();
        server.await();
    }

    @Test
    void aTransportWhoseAddressIsGoneIsClosedAtOnce() {
        ScriptedTransport lost = new ScriptedTransport(new InetSocketAddress("192.0.2.1", 9));
        new StopSignal().wake(lost);
        assertEquals(1, lost.closed);
    }

    @Test
    void aFailureToCloseIsThrown() throws Exception {
        Transport failing = mock(Transport.class);
        when(failing.localAddress()).thenReturn(ScriptedTransport.PEER);
        when(failing.receive(any())).thenThrow(new ClosedChannelException());
        doThrow(new IOException("close failed")).when(failing).close();
        Server server = Server.start(failing, new EchoProcessor());
        IOException failure = assertThrows(ClosedChannelException.class, server::await);
        assertEquals("close failed", failure.getSuppressed()[0].getMessage());
        assertEquals(
                "close failed", assertThrows(IOException.class, server::close).getMessage());
        assertFalse(server.statistics().received() > 0);
    }
}
