package udp.api.spi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.test.FakeTransport.PEER;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.test.Background;
import udp.test.FakeTransport;
import udp.test.ScriptedTransport;

/** The tests of the closed state, and of calls that overlap with closing. */
@Timeout(20)
class AbstractTransportCloseTest {
    private final ByteBuffer buffer = ByteBuffer.allocate(8);
    private final FakeTransport transport = new FakeTransport();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch woken = new CountDownLatch(1);

    @Test
    void eachCallAfterClosingFails() throws IOException {
        transport.close();
        assertThrows(ClosedChannelException.class, () -> transport.receive(buffer));
        assertThrows(ClosedChannelException.class, () -> transport.receive(buffer, Duration.ZERO));
        assertThrows(ClosedChannelException.class, () -> transport.send(buffer, PEER));
        assertEquals(0, transport.unlimited.get() + transport.waits.size() + transport.sent.get());
    }

    @Test
    void aClosedConnectedTransportRefusesAnEmptyDatagramAsClosed() throws IOException {
        FakeTransport connected = new FakeTransport(PEER);
        connected.close();
        assertThrows(ClosedChannelException.class, () -> connected.send(ByteBuffer.allocate(0), PEER));
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

    private InetSocketAddress call(String method) throws IOException {
        return switch (method) {
            case "receive" -> transport.receive(buffer);
            case "receive in time" -> transport.receive(buffer, Duration.ofHours(1));
            default -> {
                transport.send(buffer, PEER);
                yield null;
            }
        };
    }

    static Stream<Arguments> blockedCalls() {
        return Stream.of("receive", "receive in time", "send")
                .flatMap(method -> Stream.of(new SocketException("Socket closed"), new ClosedSelectorException())
                        .map(cause -> Arguments.of(method, cause)));
    }

    @ParameterizedTest
    @MethodSource("blockedCalls")
    void aBlockedCallIsToldThatTheTransportIsClosed(String method, Exception cause) throws Exception {
        blockUntilClosedThenThrow(cause);
        transport.send = (datagram, destination) -> transport.receive.receive(datagram);
        Background<?> blocked = Background.start(() -> call(method));
        entered.await();
        transport.close();
        ClosedChannelException e = assertThrows(ClosedChannelException.class, blocked::result);
        assertSame(cause, e.getCause());
    }

    @Test
    void anExceptionThatSaysClosedIsNotWrapped() throws Exception {
        AsynchronousCloseException cause = new AsynchronousCloseException();
        blockUntilClosedThenThrow(cause);
        Background<?> receiver = Background.start(() -> transport.receive(buffer));
        entered.await();
        transport.close();
        assertSame(cause, assertThrows(AsynchronousCloseException.class, receiver::result));
    }

    @Test
    void aSocketThatReturnsWhenItIsClosedIsNotAskedAgain() throws Exception {
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

    @ParameterizedTest
    @ValueSource(strings = {"receive", "send"})
    void closingWaitsUntilTheOtherThreadHasLeftTheSocket(String method) throws Exception {
        AtomicBoolean left = new AtomicBoolean();
        Thread closer = Thread.currentThread();
        transport.receive = nothing -> {
            entered.countDown();
            await(woken);
            Background.awaitWaiting(closer); // Now close() waits for this thread.
            left.set(true);
            return PEER;
        };
        transport.send = (datagram, destination) -> transport.receive.receive(datagram);
        transport.close = woken::countDown;
        Background<?> other = Background.start(() -> call(method));
        entered.await();
        transport.close();
        assertTrue(left.get());
        other.result();
    }

    @Test
    void closingReleasesItsLocksEvenIfItFails() throws Exception {
        transport.close = () -> {
            throw new IOException("broken");
        };
        assertThrows(IOException.class, transport::close);
        Background<?> late = Background.start(() -> transport.receive(buffer));
        assertThrows(ClosedChannelException.class, late::result);
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
            throw ScriptedTransport.rethrown(failure);
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
