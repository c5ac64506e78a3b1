package udp.internal.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
        channel.close();
        peer.close();
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "false, 1", "false, 600000", "true, 0", "true, 1", "true, 600000"})
    void aDatagramThatHasArrivedIsReceived(boolean blocking, int millis) throws IOException {
        channel.configureBlocking(blocking);
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
    @CsvSource({"false, 0", "false, 600000", "true, 0", "true, 600000"})
    void anEmptyDatagramHasASender(boolean connected, int millis) throws IOException {
        if (connected) {
            channel.connect(peer.getLocalAddress());
        }
        send("");
        assertEquals(peer.getLocalAddress(), receiver.receive(buffer, millis));
        assertEquals(0, buffer.position());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aReceiveWithoutALimitWaitsAfterOneWithALimit(int millis) throws Exception {
        channel.configureBlocking(false);
        assertNull(receiver.receive(buffer, millis));
        CountDownLatch started = new CountDownLatch(1);
        Background<InetSocketAddress> waiting = Background.start(() -> {
            started.countDown();
            return receiver.receive(buffer);
        });
        started.await();
        send("late");
        assertEquals(peer.getLocalAddress(), waiting.result());
        assertEquals("late", received());
    }

    static Stream<ByteBuffer> buffers() {
        return Stream.of(
                ByteBuffer.allocate(16),
                ByteBuffer.allocateDirect(16),
                ByteBuffer.allocate(20).position(4).slice());
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void aDatagramEndsTheWaitAndIsPutAtThePosition(ByteBuffer any) throws Exception {
        Background<InetSocketAddress> waiting = waiting(any.position(3));
        send("late");
        assertEquals(peer.getLocalAddress(), waiting.result());
        assertEquals("late", US_ASCII.decode(any.flip().position(3)).toString());
    }

    /** A change of the mode would wait for a thread that sends, as long as the system's buffer is full. */
    @Test
    void aChannelThatHasWaitedStaysBlocking() throws IOException {
        channel.configureBlocking(false);
        assertNull(receiver.receive(buffer, 0));
        assertFalse(channel.isBlocking(), "a look has made it blocking");
        assertNull(receiver.receive(buffer, 1));
        assertTrue(channel.isBlocking());
        assertNull(receiver.receive(buffer, 0));
        assertTrue(channel.isBlocking());
    }

    @Test
    void severalDatagramsKeepTheirOrderAcrossAllKindsOfReceive() throws IOException {
        send("a");
        send("b");
        send("c");
        receiver.receive(buffer);
        receiver.receive(buffer, LONG);
        receiver.receive(buffer, 0);
        assertEquals("abc", received());
    }

    @Test
    void aClosedChannelReceivesNothing() throws IOException {
        channel.close();
        assertThrows(ClosedChannelException.class, () -> receiver.receive(buffer));
        assertThrows(IOException.class, () -> receiver.receive(buffer, 0));
        assertThrows(IOException.class, () -> receiver.receive(buffer, LONG));
    }

    @Test
    void closingWakesAWaitingReceiveAndFreesThePort() throws Exception {
        InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
        Background<InetSocketAddress> waiting = waiting(buffer);
        channel.close();
        assertThrows(IOException.class, waiting::result);
        try (DatagramChannel again = DatagramChannel.open()) {
            assertEquals(address, again.bind(address).getLocalAddress());
        }
    }

    @Test
    void anInterruptClosesTheChannel() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Background<Boolean> waiting = Background.start(() -> {
            started.countDown();
            assertThrows(IOException.class, () -> receiver.receive(buffer, LONG));
            return Thread.currentThread().isInterrupted();
        });
        started.await();
        waiting.thread.interrupt();
        assertTrue(waiting.result(), "the thread is no longer interrupted");
        assertFalse(channel.isOpen());
    }

    /** Returns a thread that waits, or is about to. */
    private Background<InetSocketAddress> waiting(ByteBuffer any) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Background<InetSocketAddress> waiting = Background.start(() -> {
            started.countDown();
            return receiver.receive(any, LONG);
        });
        started.await();
        return waiting;
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
