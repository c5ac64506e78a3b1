package udp.internal.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.test.Background;

@Timeout(20)
class TimedReceiverTest {
    private static final int LONG = 600_000;

    private final ByteBuffer buffer = ByteBuffer.allocate(16);
    private DatagramChannel channel;
    private DatagramChannel peer;
    private TimedReceiver receiver;

    @BeforeEach
    void open() throws IOException {
        channel = bound();
        peer = bound();
        receiver = new TimedReceiver(channel);
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
        channel.close();
        peer.close();
    }

    @Test
    void theChannelStaysBlockingUntilAReceiveHasALimit() throws IOException {
        send("a");
        assertEquals(peer.getLocalAddress(), receiver.receive(buffer));
        assertEquals("a", received());
        assertTrue(channel.isBlocking());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LONG})
    void aDatagramThatHasArrivedIsReceived(int millis) throws IOException {
        send("a");
        assertEquals(peer.getLocalAddress(), receiver.receive(buffer, millis));
        assertEquals("a", received());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void nothingIsReceivedInTime(int millis) throws IOException {
        assertNull(receiver.receive(buffer, millis));
        assertNull(receiver.receive(buffer, millis));
        assertEquals(0, buffer.position());
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void anEmptyDatagramHasASender(boolean connected, boolean limited) throws IOException {
        if (connected) {
            channel.connect(peer.getLocalAddress());
        }
        send("");
        assertEquals(peer.getLocalAddress(), limited ? receiver.receive(buffer, LONG) : receiver.receive(buffer));
        assertEquals(0, buffer.position());
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "selecting", "limited"})
    void aDatagramEndsTheWait(String kind) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Background<InetSocketAddress> waiting = Background.start(blocked(kind, started));
        started.await();
        send("late");
        assertEquals(peer.getLocalAddress(), waiting.result());
        assertEquals("late", received());
    }

    @Test
    void severalDatagramsKeepTheirOrderAcrossBothKindsOfReceive() throws IOException {
        send("a");
        send("b");
        send("c");
        receiver.receive(buffer);
        receiver.receive(buffer, LONG);
        receiver.receive(buffer);
        assertEquals("abc", received());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingFreesThePortAndClosingAgainDoesNothing(boolean selecting) throws IOException {
        if (selecting) {
            receiver.receive(buffer, 1);
        }
        InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
        receiver.close();
        receiver.close();
        try (DatagramChannel again = DatagramChannel.open()) {
            assertEquals(address, again.bind(address).getLocalAddress());
        }
    }

    @Test
    void aClosedReceiverReceivesNothing() throws IOException {
        receiver.close();
        assertThrows(ClosedChannelException.class, () -> receiver.receive(buffer));
        assertThrows(ClosedChannelException.class, () -> receiver.receive(buffer, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "selecting", "limited"})
    void closingWakesAWaitingReceive(String kind) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Background<InetSocketAddress> waiting = Background.start(blocked(kind, started));
        started.await();
        receiver.close();
        Exception e = assertThrows(Exception.class, waiting::result);
        assertTrue(e instanceof ClosedChannelException || e instanceof ClosedSelectorException, e.toString());
    }

    @Test
    void aFailureToCloseTheChannelWakesAWaitingReceiveToo() throws Exception {
        DatagramChannel failing = mock(DatagramChannel.class);
        doThrow(new IOException("Input/output error")).when(failing).close();
        TimedReceiver tested = new TimedReceiver(failing);
        CountDownLatch started = new CountDownLatch(1);
        when(failing.register(any(), anyInt())).thenAnswer(call -> {
            started.countDown();
            return null;
        });
        Background<InetSocketAddress> waiting = Background.start(() -> tested.receive(buffer, LONG));
        started.await();
        assertThrows(IOException.class, tested::close);
        waiting.thread.join(); // If it never ends, the test exceeds its time.
    }

    @Test
    void aSelectorThatCannotBeUsedIsClosed() throws IOException {
        DatagramChannel failing = mock(DatagramChannel.class);
        List<Selector> opened = new ArrayList<>();
        OutOfMemoryError failure = new OutOfMemoryError();
        when(failing.register(any(), anyInt())).thenAnswer(call -> {
            opened.add(call.getArgument(0));
            throw failure;
        });
        TimedReceiver tested = new TimedReceiver(failing);
        assertSame(failure, assertThrows(OutOfMemoryError.class, () -> tested.receive(buffer, LONG)));
        assertFalse(opened.get(0).isOpen());
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "selecting", "limited"})
    void anInterruptClosesTheChannel(String kind) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Callable<InetSocketAddress> receive = blocked(kind, started);
        Background<Boolean> waiting = Background.start(() -> {
            assertThrows(ClosedByInterruptException.class, receive::call);
            return Thread.currentThread().isInterrupted();
        });
        started.await();
        waiting.thread.interrupt();
        assertTrue(waiting.result(), "the thread is no longer interrupted");
        assertFalse(channel.isOpen());
    }

    @Test
    void anInterruptWhileSelectingFreesThePort() throws Exception {
        InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
        Background<?> waiting = Background.start(() -> {
            Thread.currentThread().interrupt();
            return receiver.receive(buffer, LONG);
        });
        assertThrows(ClosedByInterruptException.class, waiting::result);
        try (DatagramChannel again = DatagramChannel.open()) {
            assertEquals(address, again.bind(address).getLocalAddress());
        }
    }

    private Callable<InetSocketAddress> blocked(String kind, CountDownLatch started) throws IOException {
        if (kind.equals("selecting")) {
            receiver.receive(buffer, 0);
        }
        return () -> {
            started.countDown();
            return kind.equals("limited") ? receiver.receive(buffer, LONG) : receiver.receive(buffer);
        };
    }

    private static DatagramChannel bound() throws IOException {
        return DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
    }

    private void send(String text) throws IOException {
        peer.send(ByteBuffer.wrap(text.getBytes(US_ASCII)), channel.getLocalAddress());
    }

    private String received() {
        return US_ASCII.decode(buffer.duplicate().flip()).toString();
    }
}
