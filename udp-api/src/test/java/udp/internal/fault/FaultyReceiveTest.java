package udp.internal.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import udp.api.Transport;
import udp.api.spi.AbstractTransport;
import udp.internal.net.TimedReceiver;
import udp.test.Background;
import udp.test.FakeTransport;

/** The tests of receiving through faults. That the rules of a transport are kept, the tests of the kit show. */
@Timeout(20)
class FaultyReceiveTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Faults LOSS = faults(1, 0, 0, 0, 0);
    private static final Faults DUPLICATE = faults(0, 1, 0, 0, 0);

    private final ByteBuffer buffer = ByteBuffer.allocate(65_535);
    private DatagramChannel channel;
    private DatagramChannel peer;
    private InetSocketAddress peerAddress;
    private Transport inner;
    private Transport transport;

    /** A transport over a channel, with its five socket calls alone. */
    private static final class ChannelTransport extends AbstractTransport {
        private final DatagramChannel channel;
        private final TimedReceiver receiver;

        ChannelTransport(DatagramChannel channel) throws IOException {
            super((InetSocketAddress) channel.getLocalAddress(), null);
            this.channel = channel;
            receiver = new TimedReceiver(channel);
        }

        @Override
        protected InetSocketAddress receiveFrom(ByteBuffer buffer) throws IOException {
            return receiver.receive(buffer);
        }

        @Override
        protected InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) throws IOException {
            return receiver.receive(buffer, millis);
        }

        @Override
        protected void sendTo(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            channel.send(datagram, destination);
        }

        @Override
        protected boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        protected void closeSocket() throws IOException {
            receiver.close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        channel = DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        peer = DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        peerAddress = (InetSocketAddress) peer.getLocalAddress();
        inner = new ChannelTransport(channel);
        transport = inner;
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
        inner.close();
        peer.close();
    }

    @Test
    void aDuplicateIsReceivedByTheNextReceive() throws IOException {
        transport = DUPLICATE.wrap(inner);
        peerSends("a");
        assertEquals("a", receive(LONG));
        assertEquals("a", receive(Duration.ZERO));
        assertNull(receive(Duration.ZERO));
        peerSends("");
        assertEquals("", receive(null));
        assertEquals("", receive(null));
    }

    @Test
    void corruptAndTruncated() throws IOException {
        transport = faults(0, 0, 0, 1, 1).wrap(inner);
        peerSends("hello");
        String left = receive(LONG);
        assertTrue(left.length() < 5);
        assertNotEquals("hello".substring(0, left.length()), left);
    }

    @Test
    void equalSeedsReceiveEquallyAndNotAsTheySend() throws IOException {
        assertEquals(fates(1, true), fates(1, true));
        assertNotEquals(fates(1, true), fates(2, true));
        assertNotEquals(fates(1, true).subList(0, 50), fates(1, false).subList(0, 50));
    }

    @Test
    void aFloodThatIsLostDoesNotExtendTheTime() throws IOException {
        FakeTransport flooded = new FakeTransport();
        transport = LOSS.wrap(flooded);
        while (flooded.waits.size() < 2) { // A stalled machine may look only once.
            flooded.waits.clear();
            assertNull(transport.receive(buffer, Duration.ofMillis(20)));
        }
        flooded.waits.clear();
        assertNull(transport.receive(buffer, Duration.ZERO));
        assertEquals(List.of(0), flooded.waits); // One look is enough (rule 1.4).
        assertEquals(0, buffer.position());
    }

    @Test
    void whatIsDelayedIsReceivedLater() throws IOException {
        transport = delay(Duration.ofMillis(5)).wrap(inner);
        for (Duration timeout : new Duration[] {LONG, null}) {
            peerSends("a");
            long start = System.nanoTime();
            assertEquals("a", receive(timeout));
            assertTrue(System.nanoTime() - start >= 5_000_000);
        }
    }

    @Test
    void whatIsDelayedForLongerThanTheTimeIsLeftForALaterReceive() throws IOException {
        transport = delay(Duration.ofMillis(200)).wrap(inner);
        peerSends("a");
        long start = System.nanoTime();
        String received = receive(Duration.ofMillis(10));
        while (received == null) {
            received = receive(Duration.ofMillis(10));
        }
        assertEquals("a", received);
        assertTrue(System.nanoTime() - start >= 200_000_000);
    }

    @Test
    void theLastDatagramIsReceivedAlsoWhenItIsHeldBack() throws IOException {
        transport = faults(0, 0, 1, 0, 0).wrap(inner);
        peerSends("a");
        peerSends("b");
        assertEquals("a", receive(null));
        assertEquals("b", receive(LONG));
    }

    @Test
    void closingWakesAReceiverThatWaitsForADelayedDatagram() throws Exception {
        transport = delay(Duration.ofHours(1)).wrap(inner);
        peerSends("a");
        assertNull(receive(Duration.ofMillis(10)));
        Background<?> limited = Background.start(() -> transport.receive(buffer, Duration.ofHours(2)));
        Background<?> unlimited = Background.start(() -> transport.receive(ByteBuffer.allocate(1)));
        transport.close();
        assertThrows(ClosedChannelException.class, limited::result);
        assertThrows(ClosedChannelException.class, unlimited::result);
        assertThrows(ClosedChannelException.class, () -> transport.receive(buffer, Duration.ZERO));
        DatagramChannel.open().bind(transport.localAddress()).close(); // The port is free (rule 3.4).
    }

    @Test
    void whatIsWrongIsRefused() {
        transport = LOSS.wrap(inner);
        assertThrows(IllegalArgumentException.class, () -> transport.receive(buffer.asReadOnlyBuffer()));
        assertThrows(IllegalArgumentException.class, () -> transport.receive(buffer.asReadOnlyBuffer(), LONG));
        assertThrows(IllegalArgumentException.class, () -> transport.receive(buffer, Duration.ofNanos(-1)));
    }

    @Test
    void failuresPass() throws IOException {
        FakeTransport failing = new FakeTransport();
        transport = DUPLICATE.wrap(failing);
        failing.receive = nothing -> {
            throw new PortUnreachableException();
        };
        assertThrows(PortUnreachableException.class, () -> transport.receive(buffer));
        failing.receive = nothing -> FakeTransport.PEER;
        assertEquals(FakeTransport.PEER, transport.receive(buffer));
    }

    @Test
    void withoutATimeLimitTheTransportIsGivenNone() throws IOException {
        FakeTransport unlimited = new FakeTransport();
        transport = DUPLICATE.wrap(unlimited);
        transport.receive(buffer);
        assertEquals(1, unlimited.unlimited.get());
        assertEquals(List.of(), unlimited.waits);
    }

    @Test
    void nothingIsReceivedAfterAnInterruptHasClosedTheTransport() throws IOException {
        FakeTransport closing = new FakeTransport();
        transport = delay(Duration.ofHours(1)).wrap(closing);
        assertNull(transport.receive(buffer, Duration.ZERO)); // It found a datagram, which is delayed.
        closing.receive = nothing -> {
            throw new ClosedByInterruptException();
        };
        assertThrows(ClosedByInterruptException.class, () -> transport.receive(buffer, LONG));
        assertThrows(ClosedChannelException.class, () -> transport.receive(buffer, LONG));
        assertEquals(2, closing.waits.size());
    }

    private List<String> fates(long seed, boolean in) throws IOException {
        Faults faults = new Faults(0.2, 0.2, 0, 0.2, 0.2, Duration.ZERO, Duration.ZERO, seed);
        FakeTransport memory = new FakeTransport();
        Transport faulty = faults.wrap(memory);
        List<String> fates = new ArrayList<>();
        int[] next = {0};
        memory.receive = into -> {
            into.put(String.format(Locale.ROOT, "%03d", next[0]++).getBytes(ISO_8859_1));
            return FakeTransport.PEER;
        };
        memory.send =
                (datagram, destination) -> fates.add(ISO_8859_1.decode(datagram).toString());
        while (next[0] < 100) {
            if (!in) {
                faulty.send(
                        ByteBuffer.wrap(
                                String.format(Locale.ROOT, "%03d", next[0]++).getBytes(ISO_8859_1)),
                        FakeTransport.PEER);
            } else if (faulty.receive(buffer.clear()) != null) {
                fates.add(ISO_8859_1.decode(buffer.flip()).toString());
            }
        }
        return fates;
    }

    private String receive(Duration timeout) throws IOException {
        buffer.clear();
        InetSocketAddress sender = timeout == null ? transport.receive(buffer) : transport.receive(buffer, timeout);
        if (sender == null) {
            return null;
        }
        assertEquals(peerAddress, sender);
        return ISO_8859_1.decode(buffer.flip()).toString();
    }

    private void peerSends(String text) throws IOException {
        peer.send(ByteBuffer.wrap(text.getBytes(ISO_8859_1)), inner.localAddress());
    }

    private static Faults faults(double loss, double duplicate, double reorder, double corrupt, double truncate) {
        return new Faults(loss, duplicate, reorder, corrupt, truncate, Duration.ZERO, Duration.ZERO, 1);
    }

    private static Faults delay(Duration delay) {
        return new Faults(0, 0, 0, 0, 0, delay, delay, 1);
    }
}
