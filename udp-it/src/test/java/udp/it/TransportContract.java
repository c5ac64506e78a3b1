package udp.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/**
 * The numbered rules of {@link Transport}, for a transport that talks to anyone. The peer is a plain socket, so that a
 * transport's receive is not tested with its own send.
 */
@Timeout(10)
abstract class TransportContract {
    static final Duration LONG = Duration.ofSeconds(5);

    final TransportProvider provider;
    final InetAddress loopback;
    DatagramSocket peer;
    InetSocketAddress peerAddress;
    Transport transport;

    TransportContract(TransportProvider provider, InetAddress loopback) {
        this.provider = provider;
        this.loopback = loopback;
    }

    TransportConfig config() {
        return TransportConfig.bind(new InetSocketAddress(loopback, 0));
    }

    @BeforeEach
    void open() throws IOException {
        peer = new DatagramSocket(new InetSocketAddress(loopback, 0));
        peer.setSoTimeout((int) LONG.toMillis());
        peerAddress = (InetSocketAddress) peer.getLocalSocketAddress();
        transport = provider.open(config());
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
        peer.close();
    }

    @Test
    void rule_1_1_fillsFromThePositionAndLeavesTheLimit() throws IOException {
        peerSends("hello".getBytes());
        ByteBuffer buffer = ByteBuffer.allocate(20).position(3).limit(18);
        assertEquals(peerAddress, transport.receive(buffer));
        assertEquals(8, buffer.position());
        assertEquals(18, buffer.limit());
        assertArrayEquals("\0\0\0hello\0\0".getBytes(), slice(buffer, 0, 10));
    }

    @Test
    void rule_1_1_holdsWithATimeLimitAndForEveryKindOfBuffer() throws IOException {
        for (ByteBuffer whole : new ByteBuffer[] {ByteBuffer.allocate(30), ByteBuffer.allocateDirect(30)}) {
            ByteBuffer buffer = whole.position(7).slice().position(2);
            peerSends("hello".getBytes());
            assertEquals(peerAddress, transport.receive(buffer, LONG));
            assertEquals(7, buffer.position());
            assertEquals(23, buffer.limit());
            assertArrayEquals("hello".getBytes(), slice(whole, 9, 5));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 508, 1472, 1473, 2048, 2049, 65_506, 65_507})
    void rules_1_1_and_2_1_everySizeArrivesWholeInBothDirections(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        peerSends(bytes);
        ByteBuffer buffer = ByteBuffer.allocateDirect(65_535);
        assertEquals(peerAddress, transport.receive(buffer, LONG));
        assertArrayEquals(bytes, slice(buffer, 0, buffer.position()));
        transport.send(buffer.flip(), peerAddress);
        assertEquals(0, buffer.remaining());
        assertArrayEquals(bytes, peerReceives());
    }

    @Test
    void rule_1_2_anEmptyDatagramHasASenderAndIsNotTheEnd() throws IOException {
        peerSends(new byte[0]);
        peerSends("next".getBytes());
        ByteBuffer buffer = ByteBuffer.allocate(10);
        assertEquals(peerAddress, transport.receive(buffer));
        assertEquals(0, buffer.position());
        assertEquals(peerAddress, transport.receive(buffer));
        assertEquals(4, buffer.position());
        peerSends(new byte[0]);
        assertEquals(peerAddress, transport.receive(buffer, LONG));
        assertEquals(4, buffer.position());
    }

    @Test
    void rule_1_3_whatDoesNotFitIsDiscarded() throws IOException {
        peerSends("0123456789".getBytes());
        peerSends("next".getBytes());
        ByteBuffer buffer = ByteBuffer.allocate(4);
        assertEquals(peerAddress, transport.receive(buffer));
        assertArrayEquals("0123".getBytes(), slice(buffer, 0, buffer.position()));
        assertEquals(peerAddress, transport.receive(buffer.clear(), LONG));
        assertArrayEquals("next".getBytes(), slice(buffer, 0, buffer.position()));
    }

    @Test
    void rule_1_3_aFullBufferTakesADatagramAndDiscardsAllOfIt() throws IOException {
        peerSends("lost".getBytes());
        assertEquals(peerAddress, transport.receive(ByteBuffer.allocate(0)));
    }

    @Test
    void rule_1_4_zeroLooksOnce() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(10);
        assertNull(transport.receive(buffer, Duration.ZERO));
        assertEquals(0, buffer.position());
        peerSends("x".getBytes());
        while (transport.receive(buffer, Duration.ZERO) == null) {
            Thread.onSpinWait(); // loopback delivers at once, but nothing promises it
        }
        assertEquals(1, buffer.position());
    }

    @Test
    void rule_1_5_nullWhenTheTimeIsOverAndNotBefore() throws IOException {
        for (int millis : new int[] {1, 30, 200}) {
            long start = System.nanoTime();
            assertNull(transport.receive(ByteBuffer.allocate(10), Duration.ofMillis(millis)));
            assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    @Test
    void rule_1_5_aLimitOnOneReceiveIsNoneOnTheNext() throws Exception {
        assertNull(transport.receive(ByteBuffer.allocate(10), Duration.ofMillis(1)));
        FutureTask<InetSocketAddress> receive = inThread(() -> transport.receive(ByteBuffer.allocate(10)));
        assertThrows(TimeoutException.class, () -> receive.get(100, TimeUnit.MILLISECONDS));
        peerSends("x".getBytes());
        assertEquals(peerAddress, receive.get(5, TimeUnit.SECONDS));
    }

    @Test
    void rule_1_5_aTimeBeyondAllClocksIsAccepted() throws IOException {
        peerSends("x".getBytes());
        assertEquals(peerAddress, transport.receive(ByteBuffer.allocate(10), Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Test
    void rule_2_1_consumesTheWholeBuffer() throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap("--hello--".getBytes()).position(2).limit(7);
        transport.send(buffer, peerAddress);
        assertEquals(7, buffer.position());
        assertEquals(7, buffer.limit());
        assertArrayEquals("hello".getBytes(), peerReceives());
    }

    @Test
    void rule_2_1_refusesWhatIsTooLargeForADatagram() {
        assertThrows(IOException.class, () -> transport.send(ByteBuffer.allocate(65_536), peerAddress));
    }

    @Test
    void rule_2_2_everyKindOfBufferCanBeSent() throws IOException {
        byte[] bytes = "0123456789".getBytes();
        ByteBuffer direct = ByteBuffer.allocateDirect(10).put(bytes).flip();
        ByteBuffer[] buffers = {
            ByteBuffer.wrap(bytes),
            direct,
            ByteBuffer.wrap(bytes, 3, 4),
            ByteBuffer.wrap(bytes).position(3).slice(),
            direct.duplicate().position(3).slice(),
            ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
            ByteBuffer.wrap(bytes).position(3).slice().asReadOnlyBuffer(),
            direct.asReadOnlyBuffer()
        };
        for (ByteBuffer buffer : buffers) {
            byte[] expected = slice(buffer, buffer.position(), buffer.remaining());
            transport.send(buffer, peerAddress);
            assertEquals(0, buffer.remaining());
            assertArrayEquals(expected, peerReceives());
        }
    }

    @Test
    void rule_2_3_anEmptyDatagramIsSentOrRefused() throws IOException {
        transport.send(ByteBuffer.allocate(0), peerAddress);
        assertEquals(0, peerReceives().length);
    }

    @Test
    void rule_2_5_refusesAnUnresolvedDestination() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("host.invalid", 50007);
        IOException e = assertThrows(IOException.class, () -> transport.send(ByteBuffer.allocate(1), nowhere));
        assertTrue(e.getMessage().contains("host.invalid"));
    }

    @Test
    void rule_2_5_refusesAFamilyThatTheSocketDoesNotSpeakAndGoesOn() throws IOException {
        boolean is6 = loopback.getAddress().length == 16;
        InetSocketAddress foreign = new InetSocketAddress(is6 ? "127.0.0.1" : "::1", peerAddress.getPort());
        assertThrows(IOException.class, () -> transport.send(ByteBuffer.allocate(1), foreign));
        rule_2_1_consumesTheWholeBuffer();
    }

    @Test
    void rule_2_5_refusesPort0AndGoesOn() throws IOException {
        InetSocketAddress nowhere = new InetSocketAddress(loopback, 0);
        assertThrows(IOException.class, () -> transport.send(ByteBuffer.allocate(1), nowhere));
        rule_2_1_consumesTheWholeBuffer();
    }

    @Test
    void rule_3_1_closingAgainDoesNothing() throws IOException {
        transport.close();
        transport.close();
    }

    @Test
    void rule_3_2_closeWakesAReceiver() throws Exception {
        assertCloseWakes(inThread(() -> transport.receive(ByteBuffer.allocate(10))));
    }

    @Test
    void rule_3_2_closeWakesAReceiverWithATimeLimit() throws Exception {
        assertCloseWakes(inThread(() -> transport.receive(ByteBuffer.allocate(10), Duration.ofHours(1))));
    }

    @Test
    void rule_3_3_laterCallsAreRefused() throws IOException {
        transport.close();
        ByteBuffer buffer = ByteBuffer.allocate(10);
        assertThrows(ClosedChannelException.class, () -> transport.receive(buffer));
        assertThrows(ClosedChannelException.class, () -> transport.receive(buffer, LONG));
        assertThrows(ClosedChannelException.class, () -> transport.receive(buffer, Duration.ZERO));
        assertThrows(ClosedChannelException.class, () -> transport.send(buffer, peerAddress));
    }

    @Test
    void rule_3_4_thePortIsFreeWhenCloseReturns() throws Exception {
        InetSocketAddress local = transport.localAddress();
        for (int i = 0; i < 50; i++) {
            Transport current = transport;
            Duration limit = i % 3 == 0 ? null : i % 3 == 1 ? Duration.ofHours(1) : Duration.ZERO;
            FutureTask<InetSocketAddress> receive = inThread(() -> limit == null
                    ? current.receive(ByteBuffer.allocate(10))
                    : current.receive(ByteBuffer.allocate(10), limit));
            if (i % 2 == 0) {
                Thread.yield(); // sometimes before, sometimes after the receiver is in its system call
            }
            current.close();
            new DatagramSocket(local).close();
            if (limit != Duration.ZERO) {
                assertThrows(ExecutionException.class, () -> receive.get(5, TimeUnit.SECONDS));
            }
            transport = provider.open(new TransportConfig(local, config().remote()));
        }
    }

    @Test
    void rule_4_1_receiveAndSendOverlap() throws Exception {
        FutureTask<InetSocketAddress> receive = inThread(() -> transport.receive(ByteBuffer.allocate(10), LONG));
        for (int i = 0; i < 100; i++) {
            transport.send(ByteBuffer.wrap(new byte[] {(byte) i}), peerAddress);
            assertArrayEquals(new byte[] {(byte) i}, peerReceives());
        }
        peerSends("x".getBytes());
        assertEquals(peerAddress, receive.get(5, TimeUnit.SECONDS));
    }

    @Test
    void rule_3_4_holdsForEveryOneOfTwoClosers() throws Exception {
        InetSocketAddress local = transport.localAddress();
        for (int i = 0; i < 50; i++) {
            Transport current = transport;
            FutureTask<InetSocketAddress> receive = inThread(() -> current.receive(ByteBuffer.allocate(10)));
            FutureTask<Void> other = inThread(() -> {
                current.close();
                new DatagramSocket(local).close();
                return null;
            });
            current.close();
            other.get(5, TimeUnit.SECONDS);
            assertThrows(ExecutionException.class, () -> receive.get(5, TimeUnit.SECONDS));
            transport = provider.open(new TransportConfig(local, config().remote()));
        }
    }

    @Test
    void rule_4_2_anInterruptClosesOrGoesUnnoticed() throws Exception {
        for (Duration limit : new Duration[] {Duration.ofHours(1), null}) {
            Transport current = provider.open(config());
            try (current) {
                CountDownLatch started = new CountDownLatch(1);
                FutureTask<InetSocketAddress> receive = new FutureTask<>(() -> {
                    started.countDown();
                    ByteBuffer buffer = ByteBuffer.allocate(10);
                    return limit == null ? current.receive(buffer) : current.receive(buffer, limit);
                });
                Thread thread = new Thread(receive);
                thread.setDaemon(true);
                thread.start();
                started.await();
                thread.interrupt();
                try {
                    receive.get(100, TimeUnit.MILLISECONDS);
                } catch (TimeoutException unnoticed) {
                    peer.send(new DatagramPacket(new byte[1], 1, current.localAddress()));
                    assertEquals(peerAddress, receive.get(5, TimeUnit.SECONDS));
                } catch (ExecutionException closed) {
                    assertTrue(closed.getCause() instanceof ClosedChannelException, () -> "ended by " + closed);
                    assertThrows(ClosedChannelException.class, () -> current.receive(ByteBuffer.allocate(1)));
                }
            }
        }
    }

    @Test
    void localAddressIsTheOneThatIsBoundAlsoAfterClosing() throws IOException {
        InetSocketAddress local = transport.localAddress();
        assertNotNull(local);
        assertEquals(loopback, local.getAddress());
        transport.close();
        assertEquals(local, transport.localAddress());
    }

    void peerSends(byte[] bytes) throws IOException {
        peer.send(new DatagramPacket(bytes, bytes.length, transport.localAddress()));
    }

    byte[] peerReceives() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        peer.receive(packet);
        assertEquals(transport.localAddress(), packet.getSocketAddress());
        return slice(ByteBuffer.wrap(packet.getData()), 0, packet.getLength());
    }

    private void assertCloseWakes(FutureTask<InetSocketAddress> receive) throws Exception {
        assertThrows(TimeoutException.class, () -> receive.get(50, TimeUnit.MILLISECONDS));
        transport.close();
        ExecutionException e = assertThrows(ExecutionException.class, () -> receive.get(5, TimeUnit.SECONDS));
        assertTrue(e.getCause() instanceof ClosedChannelException, () -> "woken by " + e.getCause());
    }

    static <T> FutureTask<T> inThread(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    static byte[] slice(ByteBuffer buffer, int from, int length) {
        byte[] bytes = new byte[length];
        buffer.get(from, bytes);
        return bytes;
    }
}
