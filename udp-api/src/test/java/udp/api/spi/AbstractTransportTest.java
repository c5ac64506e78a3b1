package udp.api.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.test.FakeTransport.LOCAL;
import static udp.test.FakeTransport.PEER;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import udp.test.FakeTransport;
import udp.test.ScriptedTransport;

/** The tests of time limits, arguments and exceptions of an open transport. */
@Timeout(20)
class AbstractTransportTest {
    private final ByteBuffer buffer = ByteBuffer.allocate(8);
    private final FakeTransport transport = new FakeTransport();
    private final FakeTransport connected = new FakeTransport(PEER);

    @Test
    void aReceiveWithoutALimitIsOneCall() throws IOException {
        assertSame(PEER, transport.receive(buffer));
        assertEquals(1, transport.unlimited.get());
        assertEquals(List.of(), transport.waits);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT1S, 200", "PT9223372036854775807S, 200"})
    void aLongWaitIsCutIntoSlices(Duration timeout, int millis) throws IOException {
        assertSame(PEER, transport.receive(buffer, timeout));
        assertEquals(List.of(millis), transport.waits);
    }

    @Test
    void zeroLooksOnce() throws IOException {
        transport.receive = nothing -> null;
        assertNull(transport.receive(buffer, Duration.ZERO));
        assertEquals(List.of(0), transport.waits);
    }

    @Test
    void aSocketThatReturnsTooEarlyIsAskedAgain() throws IOException {
        transport.receive = nothing -> transport.waits.size() < 3 ? null : PEER;
        assertSame(PEER, transport.receive(buffer, Duration.ofMinutes(1)));
        assertEquals(3, transport.waits.size());
        assertEquals(List.of(200, 200, 200), transport.waits);
    }

    @Test
    void theNextWaitIsShorterByTheTimeThatHasPassed() throws IOException {
        transport.receive = nothing -> {
            spin(2_000_000);
            return transport.waits.size() < 2 ? null : PEER;
        };
        assertSame(PEER, transport.receive(buffer, Duration.ofMillis(150)));
        assertTrue(transport.waits.get(1) <= 148, transport.waits.toString());
    }

    @Test
    void aWaitIsRoundedUpToMillisecondsAndRepeatedUntilTheTimeIsOver() throws IOException {
        transport.receive = nothing -> null;
        long start = System.nanoTime();
        assertNull(transport.receive(buffer, Duration.ofNanos(900_000)));
        assertTrue(System.nanoTime() - start >= 900_000);
        // Before the first wait, the time may be over already.
        assertTrue(transport.waits.stream().skip(1).allMatch(millis -> millis == 1), transport.waits.toString());
    }

    @Test
    void aTimeThatIsOverIsNotWaitedForAgain() throws IOException {
        transport.receive = nothing -> {
            spin(1_000_000);
            return null;
        };
        assertNull(transport.receive(buffer, Duration.ofMillis(1)));
        assertEquals(1, transport.waits.size());
    }

    private static void spin(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aNegativeTimeIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> transport.receive(buffer, Duration.ofNanos(-1)));
        assertEquals("negative timeout: PT-0.000000001S", e.getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> transport.receive(buffer, Duration.ofSeconds(Long.MIN_VALUE)));
        assertEquals(List.of(), transport.waits);
    }

    @Test
    void aReadOnlyBufferIsRefused() {
        ByteBuffer readOnly = buffer.asReadOnlyBuffer();
        assertThrows(IllegalArgumentException.class, () -> transport.receive(readOnly));
        assertThrows(IllegalArgumentException.class, () -> transport.receive(readOnly, Duration.ZERO));
        assertEquals(0, transport.unlimited.get() + transport.waits.size());
    }

    @Test
    void nullIsRefused() {
        assertThrows(NullPointerException.class, () -> transport.receive(null));
        assertThrows(NullPointerException.class, () -> transport.receive(null, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> transport.receive(buffer, null));
        assertThrows(NullPointerException.class, () -> transport.send(buffer, null));
        assertThrows(NullPointerException.class, () -> connected.send(null, PEER));
    }

    static Stream<Arguments> forbiddenSends() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("a.example", 7);
        InetSocketAddress port0 = new InetSocketAddress("127.0.0.1", 0);
        InetSocketAddress otherPort = new InetSocketAddress("127.0.0.1", 8);
        InetSocketAddress otherHost = new InetSocketAddress("127.0.0.2", 7);
        return Stream.of(
                Arguments.of(null, unresolved, 8, UnknownHostException.class),
                Arguments.of(null, port0, 8, SocketException.class),
                Arguments.of(PEER, PEER, 0, SocketException.class),
                Arguments.of(PEER, port0, 8, IllegalArgumentException.class),
                Arguments.of(PEER, otherPort, 8, IllegalArgumentException.class),
                Arguments.of(PEER, otherHost, 8, IllegalArgumentException.class));
    }

    @ParameterizedTest
    @MethodSource("forbiddenSends")
    void aForbiddenSendDoesNotReachTheSocket(
            InetSocketAddress remote, InetSocketAddress destination, int bytes, Class<Exception> expected) {
        FakeTransport tested = new FakeTransport(remote);
        assertThrows(expected, () -> tested.send(ByteBuffer.allocate(bytes), destination));
        assertEquals(0, tested.sent.get());
    }

    @Test
    void allOtherSendsReachTheSocket() throws IOException {
        connected.send(buffer, new InetSocketAddress("127.0.0.1", 7));
        assertEquals(1, connected.sent.get());
        assertEquals(8, buffer.position());
        transport.send(ByteBuffer.allocate(0), PEER);
        assertEquals(1, transport.sent.get());
    }

    @Test
    void anotherAddressFamilyIsASocketException() {
        transport.send = (datagram, destination) -> {
            throw new UnsupportedAddressTypeException();
        };
        assertThrows(SocketException.class, () -> transport.send(buffer, PEER));
    }

    static Stream<Exception> failures() {
        return Stream.of(new IOException("broken"), new IllegalStateException("bug"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void anExceptionOfAnOpenSocketIsThrownAndTheTransportStaysUsable(Exception failure) throws IOException {
        transport.receive = nothing -> {
            throw ScriptedTransport.rethrown(failure);
        };
        transport.send = (datagram, destination) -> transport.receive.receive(datagram);
        assertSame(failure, assertThrows(Exception.class, () -> transport.receive(buffer)));
        assertSame(failure, assertThrows(Exception.class, () -> transport.receive(buffer, Duration.ZERO)));
        assertSame(failure, assertThrows(Exception.class, () -> transport.send(buffer, PEER)));
        transport.receive = nothing -> PEER;
        assertSame(PEER, transport.receive(buffer));
    }

    @Test
    void theTextNamesBothAddresses() {
        assertEquals("FakeTransport[local=/127.0.0.1:4242]", transport.toString());
        assertEquals("FakeTransport[local=/127.0.0.1:4242, remote=/127.0.0.1:7]", connected.toString());
        assertSame(LOCAL, transport.localAddress());
    }
}
