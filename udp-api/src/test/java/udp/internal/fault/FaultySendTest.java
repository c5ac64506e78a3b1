package udp.internal.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.test.ScriptedTransport.PEER;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.Transport;
import udp.test.ScriptedTransport;
import udp.test.SocketFailures;

/** The tests of sending through faults. */
class FaultySendTest extends FaultyFixture {
    @Test
    void everyFaultConsumesTheBufferAndLeavesItsBytes() throws IOException {
        Faults damage = faults(0, 0, 0, 1, 1);
        for (Faults faults : List.of(LOSS, DUPLICATE, REORDER, damage, delay(MILLI))) {
            try (Transport faulty = faults.wrap(inner)) {
                byte[] bytes = "--hello--".getBytes(ISO_8859_1);
                ByteBuffer writable = ByteBuffer.wrap(bytes).position(2).limit(7);
                for (ByteBuffer buffer : List.of(writable.asReadOnlyBuffer(), writable.slice(), writable)) {
                    faulty.send(buffer, PEER);
                    assertEquals(0, buffer.remaining());
                }
                assertEquals(7, writable.limit());
                assertEquals("--hello--", new String(bytes, ISO_8859_1));
            }
        }
    }

    @Test
    void whatIsLostDoesNotLeaveAndWhatIsDamagedAndDuplicatedLeavesTwice() throws IOException {
        wrap(LOSS);
        send("a");
        wrap(faults(0, 1, 0, 1, 0));
        send("hello");
        send("");
        List<String> all = allLeft();
        assertEquals(List.of(all.get(0), all.get(0), "", ""), all);
        assertEquals(5, all.get(0).length());
        assertNotEquals("hello", all.get(0));
    }

    @Test
    void whatIsDelayedLeavesByAThreadThatEndsWithTheTransport() throws Exception {
        wrap(delay(MILLI));
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {'a'});
        transport.send(buffer, PEER);
        buffer.put(0, (byte) 'b');
        clock.pass(MILLI.minusNanos(1));
        assertNull(left.peek());
        clock.pass(Duration.ofNanos(1));
        assertEquals("a", left.take());
        Thread thread = senders.take();
        assertEquals(FaultyTransport.THREAD_NAME, thread.getName());
        assertTrue(thread.isDaemon());
        send("c");
        clock.pass(MILLI);
        assertEquals("c", left.take());
        assertSame(thread, senders.take());
        send("d");
        clock.awaitPause(MILLI);
        transport.close();
        thread.join();
        clock.pass(MILLI);
        assertNull(left.peek());
        assertThrows(ClosedChannelException.class, () -> send("e"));
    }

    @Test
    void whatLeavesAtOnceTakesNoThread() throws IOException {
        wrap(faults(0.1, 0.1, 0, 0.1, 0.1));
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (int i = 0; i < 100; i++) {
            send("a");
        }
        assertEquals(
                List.of(Thread.currentThread()), senders.stream().distinct().toList());
        Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
        after.removeAll(before);
        assertFalse(after.stream().anyMatch(thread -> thread.getName().equals(FaultyTransport.THREAD_NAME)));
    }

    /** The thread that sends delayed datagrams waits for the first of them, whichever was sent first. */
    @Test
    void whatIsDueSoonerLeavesSooner() throws Exception {
        Chances late = new Chances(0, 0, 0, 0, 0, HOUR, HOUR);
        Chances soon = new Chances(0, 0, 0, 0, 0, MILLI, MILLI);
        wrap(new Faults(LinkFaults.of(soon, Map.of(1, late)), LinkFaults.NONE, 1));
        send("a");
        clock.awaitPause(HOUR);
        send("b");
        clock.pass(MILLI);
        assertEquals("b", left.take());
        assertNull(left.peek());
        clock.pass(HOUR.minus(MILLI));
        assertEquals("a", left.take());
    }

    @Test
    void whatIsLostIsRefusedFirstIfItCouldNotBeSent() throws IOException {
        wrap(LOSS);
        ByteBuffer one = ByteBuffer.allocate(1);
        assertThrows(
                SocketException.class,
                () -> transport.send(one, InetSocketAddress.createUnresolved("host.invalid", 7)));
        assertThrows(SocketException.class, () -> transport.send(one, new InetSocketAddress("127.0.0.1", 0)));
        assertEquals(1, one.remaining());
        ByteBuffer large = ByteBuffer.allocate(65_508);
        transport.send(large, PEER);
        assertEquals(65_508, left.remove().length());
        transport.send(large.position(1), PEER);
        assertEquals(0, left.size() + large.remaining());
    }

    @Test
    void aFailureIsToldToTheCallerAndTheCopyIsNotSent() throws IOException {
        wrap(DUPLICATE);
        failOn(1, new SocketException("no buffer space"));
        ByteBuffer buffer = ByteBuffer.allocate(3);
        assertThrows(SocketException.class, () -> transport.send(buffer, PEER));
        assertEquals(3, buffer.remaining());
        assertEquals(1, sends.get());
        send("a");
        assertEquals(List.of("a", "a"), allLeft());
    }

    static List<Throwable> failures() {
        return SocketFailures.all().stream()
                .filter(failure -> !(failure instanceof PortUnreachableException))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureOfACopyOrALateDatagramIsNobodysAndTheNextLeaves(Throwable failure) throws Exception {
        wrap(DUPLICATE);
        failOn(2, failure);
        send("a");
        send("b");
        assertEquals(List.of("a", "b", "b"), allLeft());
        wrap(delay(MILLI));
        failOn(5, failure);
        send("c");
        send("d");
        clock.pass(MILLI);
        assertEquals("d", left.take());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNextCallReportsOnceWhatTheCopyHasLearnt(boolean receives) throws IOException {
        wrap(DUPLICATE);
        failOn(2, new PortUnreachableException());
        send("a");
        assertThrows(PortUnreachableException.class, () -> {
            if (receives) {
                receive(null);
            } else {
                send("b");
            }
        });
        arriving.add("");
        assertEquals("", receive(null));
        send("c");
        assertEquals(List.of("a", "c", "c"), allLeft());
    }

    @Test
    void anInterruptThatClosesTheTransportClosesThisOne() throws IOException {
        wrap(DUPLICATE);
        failOn(2, new ClosedByInterruptException());
        send("a");
        assertThrows(ClosedChannelException.class, () -> send("b"));
        assertThrows(ClosedChannelException.class, () -> receive(null));
        assertEquals(2, sends.get());
    }

    @Test
    void theAddressAndTheFaultsAreKnown() {
        wrap(LOSS);
        assertSame(ScriptedTransport.LOCAL, transport.localAddress());
        assertEquals(inner + " with " + LOSS, transport.toString());
    }
}
