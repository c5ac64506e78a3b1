package udp.api.spi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.test.FakeTransport.PEER;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import udp.test.Background;
import udp.test.FakeTransport;

/** The closed state, and what overlaps with closing. */
@Timeout(20)
class AbstractTransportCloseTest {
    private final ByteBuffer buffer = ByteBuffer.allocate(8);
    private final FakeTransport transport = new FakeTransport();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch woken = new CountDownLatch(1);

    @Test
    void whatComesAfterClosingFails() throws IOException {
        transport.close();
        assertThrows(ClosedChannelException.class, () -> transport.receive(buffer));
        assertThrows(ClosedChannelException.class, () -> transport.receive(buffer, Duration.ZERO));
        assertThrows(ClosedChannelException.class, () -> transport.send(buffer, PEER));
        assertEquals(0, transport.unlimited.get() + transport.waits.size() + transport.sent.get());
    }

    @Test
    void aConnectedTransportIsClosedAlsoToEmptyDatagrams() throws IOException {
        FakeTransport connected = new FakeTransport(PEER);
        connected.close();
        assertThrows(ClosedChannelException.class, () -> connected.send(ByteBuffer.allocate(0), PEER));
    }

    @Test
    void theAddressStaysAfterClosing() throws IOException {
        transport.close();
        assertSame(FakeTransport.LOCAL, transport.localAddress());
    }

    @Test
    void closingAgainDoesNothing() throws IOException {
        transport.close();
        transport.close();
        assertEquals(1, transport.closed.get());
    }

    @Test
    void aFailureToCloseIsReportedOnce() {
        transport.close = () -> {
            throw new IOException("broken");
        };
        assertEquals("broken", assertThrows(IOException.class, transport::close).getMessage());
        assertDoesNotThrow(transport::close);
        assertThrows(ClosedChannelException.class, () -> transport.receive(buffer));
    }

    @Test
    void aBlockedReceiveIsToldThatTheTransportIsClosed() throws Exception {
        SocketException cause = new SocketException("Socket closed");
        blockUntilClosedThenThrow(cause);
        Background<?> receiver = Background.start(() -> transport.receive(buffer));
        entered.await();
        transport.close();
        ClosedChannelException e = assertThrows(ClosedChannelException.class, receiver::result);
        assertSame(cause, e.getCause());
    }

    @Test
    void soIsOneWithATimeLimit() throws Exception {
        RuntimeException cause = new ClosedSelectorException();
        blockUntilClosedThenThrow(cause);
        Background<?> receiver = Background.start(() -> transport.receive(buffer, Duration.ofHours(1)));
        entered.await();
        transport.close();
        ClosedChannelException e = assertThrows(ClosedChannelException.class, receiver::result);
        assertSame(cause, e.getCause());
    }

    @Test
    void soIsABlockedSend() throws Exception {
        SocketException cause = new SocketException("Socket closed");
        blockUntilClosedThenThrow(cause);
        transport.send = (datagram, destination) -> transport.receive.receive(datagram);
        Background<?> sender = Background.start(() -> {
            transport.send(buffer, PEER);
            return null;
        });
        entered.await();
        transport.close();
        assertSame(
                cause,
                assertThrows(ClosedChannelException.class, sender::result).getCause());
    }

    @Test
    void whatSaysAlreadyThatItIsClosedIsNotWrapped() throws Exception {
        AsynchronousCloseException cause = new AsynchronousCloseException();
        blockUntilClosedThenThrow(cause);
        Background<?> receiver = Background.start(() -> transport.receive(buffer));
        entered.await();
        transport.close();
        assertSame(cause, assertThrows(AsynchronousCloseException.class, receiver::result));
    }

    @Test
    void aSocketThatGivesUpWhenItIsClosedIsNotAskedAgain() throws Exception {
        transport.receive = nothing -> {
            if (transport.waits.size() > 1) {
                throw new SocketException("Socket closed");
            }
            entered.countDown();
            await(woken);
            return null;
        };
        transport.close = woken::countDown;
        Background<?> receiver = Background.start(() -> transport.receive(buffer, Duration.ofHours(1)));
        entered.await();
        transport.close();
        assertThrows(ClosedChannelException.class, receiver::result);
    }

    @Test
    void closingWaitsUntilTheReceiverHasLeftTheSocket() throws Exception {
        AtomicBoolean left = new AtomicBoolean();
        Thread closer = Thread.currentThread();
        transport.receive = nothing -> {
            entered.countDown();
            await(woken);
            Background.awaitWaiting(closer); // not before close() waits for this thread
            left.set(true);
            throw new SocketException("Socket closed");
        };
        transport.close = woken::countDown;
        Background<?> receiver = Background.start(() -> transport.receive(buffer));
        entered.await();
        transport.close();
        assertTrue(left.get());
        assertThrows(ClosedChannelException.class, receiver::result);
    }

    @Test
    void closingWaitsUntilTheSenderHasLeftTheSocket() throws Exception {
        AtomicBoolean left = new AtomicBoolean();
        Thread closer = Thread.currentThread();
        transport.send = (datagram, destination) -> {
            entered.countDown();
            await(woken);
            Background.awaitWaiting(closer);
            left.set(true);
        };
        transport.close = woken::countDown;
        Background<?> sender = Background.start(() -> {
            transport.send(buffer, PEER);
            return null;
        });
        entered.await();
        transport.close();
        assertTrue(left.get());
        sender.result();
    }

    @Test
    void closingReleasesItsLocksAlsoWhenItFails() throws Exception {
        transport.close = () -> {
            throw new IOException("broken");
        };
        assertThrows(IOException.class, transport::close);
        Background<?> late = Background.start(() -> transport.receive(buffer));
        assertThrows(ClosedChannelException.class, late::result);
    }

    @Test
    void aDatagramCanBeSentWhileAReceiverWaits() throws Exception {
        blockUntilClosedThenThrow(new SocketException("Socket closed"));
        Background<?> receiver = Background.start(() -> transport.receive(buffer));
        entered.await();
        transport.send(ByteBuffer.allocate(1), PEER);
        assertEquals(1, transport.sent.get());
        transport.close();
        assertThrows(ClosedChannelException.class, receiver::result);
    }

    @Test
    void twoReceiversTakeTurns() throws Exception {
        transport.receive = nothing -> {
            entered.countDown();
            await(woken);
            return PEER;
        };
        Background<?> first = Background.start(() -> transport.receive(buffer));
        entered.await();
        Background<?> second = Background.start(() -> transport.receive(ByteBuffer.allocate(8)));
        Background.awaitWaiting(second.thread);
        assertEquals(1, transport.unlimited.get());
        woken.countDown();
        assertSame(PEER, first.result());
        assertSame(PEER, second.result());
        assertEquals(2, transport.unlimited.get());
    }

    private void blockUntilClosedThenThrow(Exception failure) {
        transport.receive = nothing -> {
            entered.countDown();
            await(woken);
            if (failure instanceof IOException e) {
                throw e;
            }
            throw (RuntimeException) failure;
        };
        transport.close = woken::countDown;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
