package udp.internal.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.test.FakeTransport.PEER;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.Transport;
import udp.test.FakeTransport;
import udp.test.ScriptedTransport;

/** The tests of sending through faults. That the rules of a transport are kept, the tests of the kit show. */
@Timeout(20)
class FaultySendTest {
    private static final Faults LOSS = faults(1, 0, 0, 0, 0);
    private static final Faults DUPLICATE = faults(0, 1, 0, 0, 0);
    private static final Faults REORDER = faults(0, 0, 1, 0, 0);
    private static final Faults CORRUPT = faults(0, 0, 0, 1, 0);
    private static final Faults TRUNCATE = faults(0, 0, 0, 0, 1);
    private static final Faults SHORT_DELAY = delay(Duration.ofMillis(1));
    private static final Faults LONG_DELAY = delay(Duration.ofHours(1));

    private final FakeTransport inner = new FakeTransport();
    private final BlockingQueue<byte[]> left = new LinkedBlockingQueue<>();
    private final BlockingQueue<Thread> senders = new LinkedBlockingQueue<>();
    private Transport transport = inner;

    FaultySendTest() {
        inner.send = (datagram, destination) -> {
            assertSame(PEER, destination);
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes);
            senders.add(Thread.currentThread());
            left.add(bytes);
        };
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
    }

    @Test
    void everyFaultConsumesTheBufferAndLeavesItsBytes() throws IOException {
        for (Faults faults : new Faults[] {LOSS, DUPLICATE, REORDER, CORRUPT, TRUNCATE, SHORT_DELAY}) {
            try (Transport faulty = faults.wrap(new FakeTransport())) {
                byte[] bytes = "--hello--".getBytes(ISO_8859_1);
                ByteBuffer writable = ByteBuffer.wrap(bytes).position(2).limit(7);
                for (ByteBuffer buffer : new ByteBuffer[] {writable.asReadOnlyBuffer(), writable.slice(), writable}) {
                    faulty.send(buffer, PEER);
                    assertEquals(0, buffer.remaining());
                }
                assertEquals(7, writable.limit());
                assertEquals("--hello--", new String(bytes, ISO_8859_1));
            }
        }
    }

    @Test
    void whatIsLostDoesNotLeaveAndWhatIsDuplicatedLeavesTwice() throws IOException {
        transport = LOSS.wrap(inner);
        send("a");
        assertEquals(0, inner.sent.get());
        transport = DUPLICATE.wrap(inner);
        send("a");
        send("");
        assertEquals(List.of("a", "a", "", ""), all());
    }

    @Test
    void whatIsDamagedIsAnother() throws IOException {
        transport = CORRUPT.wrap(inner);
        send("hello");
        String corrupted = all().get(0);
        assertEquals(5, corrupted.length());
        assertNotEquals("hello", corrupted);
        transport = TRUNCATE.wrap(inner);
        send("hello");
        String prefix = all().get(0);
        assertTrue("hello".startsWith(prefix) && prefix.length() < 5, prefix);
    }

    @Test
    void equalSeedsSendEqually() throws IOException {
        assertEquals(sent(1), sent(1));
        assertNotEquals(sent(1), sent(2));
    }

    @Test
    void whatIsDelayedLeavesByAThreadThatEndsWithTheTransport() throws Exception {
        transport = SHORT_DELAY.wrap(inner);
        ByteBuffer buffer = ByteBuffer.wrap("a".getBytes(ISO_8859_1));
        transport.send(buffer, PEER);
        buffer.put(0, (byte) 'b');
        assertArrayEquals(new byte[] {'a'}, left.poll(10, TimeUnit.SECONDS));
        Thread thread = senders.take();
        assertEquals(FaultyTransport.THREAD_NAME, thread.getName());
        send("c");
        assertSame(thread, senders.take());
        assertTrue(thread.isDaemon());
        transport.close();
        thread.join(10_000);
        assertFalse(thread.isAlive());
    }

    @Test
    void theLastDatagramLeavesAlsoWhenItIsHeldBack() throws Exception {
        transport = REORDER.wrap(inner);
        send("last");
        assertArrayEquals("last".getBytes(ISO_8859_1), left.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void whatLeavesAtOnceTakesNoThread() throws IOException {
        transport = faults(0.1, 0.1, 0, 0.1, 0.1).wrap(inner);
        Set<Thread> before = delayThreads();
        for (int i = 0; i < 100; i++) {
            send("a");
        }
        assertEquals(
                List.of(Thread.currentThread()), senders.stream().distinct().toList());
        assertTrue(before.containsAll(delayThreads()));
    }

    @Test
    void whatIsDelayedWhenTheTransportIsClosedDoesNotLeave() throws Exception {
        transport = LONG_DELAY.wrap(inner);
        Set<Thread> before = delayThreads();
        send("a");
        Set<Thread> own = delayThreads();
        own.removeAll(before);
        Thread thread = own.iterator().next();
        transport.close();
        thread.join(10_000);
        assertFalse(thread.isAlive());
        assertEquals(0, inner.sent.get());
        assertThrows(ClosedChannelException.class, () -> send("b"));
    }

    @Test
    void whatIsLostIsRefusedFirstIfItCouldNotBeSent() throws IOException {
        transport = LOSS.wrap(inner);
        ByteBuffer one = ByteBuffer.allocate(1);
        assertThrows(
                UnknownHostException.class,
                () -> transport.send(one, InetSocketAddress.createUnresolved("host.invalid", 7)));
        assertThrows(SocketException.class, () -> transport.send(one, new InetSocketAddress("127.0.0.1", 0)));
        assertEquals(1, one.remaining());
        ByteBuffer large = ByteBuffer.allocate(65_508);
        transport.send(large, PEER); // The fake transport does not refuse it.
        assertEquals(65_508, left.remove().length);
        transport.send(large.position(1), PEER);
        assertEquals(0, left.size() + large.remaining());
    }

    @Test
    void aFailureIsToldToTheCallerAndTheCopyIsNotSent() throws IOException {
        transport = DUPLICATE.wrap(inner);
        FakeTransport.Send working = inner.send;
        inner.send = (datagram, destination) -> {
            throw new SocketException("no buffer space");
        };
        ByteBuffer buffer = ByteBuffer.allocate(3);
        assertThrows(SocketException.class, () -> transport.send(buffer, PEER));
        assertEquals(3, buffer.remaining());
        assertEquals(1, inner.sent.get());
        inner.send = working;
        send("a");
        assertEquals(List.of("a", "a"), all());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFailureOfTheCopyIsNotReported(boolean isChecked) throws IOException {
        transport = DUPLICATE.wrap(inner);
        failOnSecond(isChecked ? new SocketException("no buffer space") : new IllegalStateException("bug"));
        send("a");
        send("b");
        assertEquals(List.of("a", "b", "b"), all());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNextCallReportsOnceWhatTheCopyHasLearnt(boolean receives) throws IOException {
        transport = DUPLICATE.wrap(inner);
        failOnSecond(new PortUnreachableException());
        send("a");
        assertThrows(PortUnreachableException.class, () -> {
            if (receives) {
                transport.receive(ByteBuffer.allocate(1));
            } else {
                send("b");
            }
        });
        assertSame(PEER, transport.receive(ByteBuffer.allocate(1)));
        send("c");
        assertEquals(List.of("a", "c", "c"), all());
    }

    @Test
    void aFailureOfALateDatagramIsNobodysAndTheNextOneLeaves() throws Exception {
        transport = SHORT_DELAY.wrap(inner);
        FakeTransport.Send working = inner.send;
        inner.send = (datagram, destination) -> {
            inner.send = working;
            senders.add(Thread.currentThread());
            throw new IllegalArgumentException("connected to somewhere else");
        };
        send("a");
        senders.take();
        send("b");
        assertArrayEquals(new byte[] {'b'}, left.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void anInterruptThatClosesTheTransportClosesThisOne() throws IOException {
        transport = DUPLICATE.wrap(inner);
        failOnSecond(new ClosedByInterruptException());
        send("a");
        assertThrows(ClosedChannelException.class, () -> send("b"));
        assertThrows(ClosedChannelException.class, () -> transport.receive(ByteBuffer.allocate(1)));
        assertEquals(2, inner.sent.get());
    }

    @Test
    void theAddressAndTheFaultsAreKnown() {
        transport = LOSS.wrap(inner);
        assertSame(FakeTransport.LOCAL, transport.localAddress());
        assertEquals(inner + " with " + LOSS, transport.toString());
    }

    private List<String> sent(long seed) throws IOException {
        transport = new Faults(0.2, 0.2, 0, 0.2, 0.2, Duration.ZERO, Duration.ZERO, seed).wrap(inner);
        for (int i = 0; i < 100; i++) {
            send("datagram " + i);
        }
        return all();
    }

    private void failOnSecond(Exception failure) {
        FakeTransport.Send working = inner.send;
        inner.send = (datagram, destination) -> {
            if (inner.sent.get() == 2) {
                throw ScriptedTransport.rethrown(failure);
            }
            working.send(datagram, destination);
        };
    }

    private void send(String text) throws IOException {
        transport.send(ByteBuffer.wrap(text.getBytes(ISO_8859_1)), PEER);
    }

    private List<String> all() {
        List<byte[]> all = new ArrayList<>();
        left.drainTo(all);
        return all.stream().map(bytes -> new String(bytes, ISO_8859_1)).toList();
    }

    private static Set<Thread> delayThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(FaultyTransport.THREAD_NAME))
                .collect(Collectors.toSet());
    }

    private static Faults faults(double loss, double duplicate, double reorder, double corrupt, double truncate) {
        return new Faults(loss, duplicate, reorder, corrupt, truncate, Duration.ZERO, Duration.ZERO, 1);
    }

    private static Faults delay(Duration delay) {
        return new Faults(0, 0, 0, 0, 0, delay, delay, 1);
    }
}
