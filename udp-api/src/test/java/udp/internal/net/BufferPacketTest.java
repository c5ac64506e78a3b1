package udp.internal.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import udp.test.Loopback;

@Timeout(20)
class BufferPacketTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 7);

    private final BufferPacket packet = new BufferPacket();

    /** Returns each kind of buffer, with room for ten bytes. */
    static Stream<Arguments> writable() {
        ByteBuffer sliced = ByteBuffer.allocate(12).position(2).slice();
        return Stream.of(
                Arguments.of("heap", ByteBuffer.allocate(10)),
                Arguments.of("sliced heap", sliced),
                Arguments.of("direct", ByteBuffer.allocateDirect(10)),
                Arguments.of(
                        "sliced direct",
                        ByteBuffer.allocateDirect(12).position(2).slice()));
    }

    static Stream<Arguments> readable() {
        return Stream.concat(
                writable(),
                writable()
                        .map(Arguments::get)
                        .map(it -> Arguments.of("read-only " + it[0], ((ByteBuffer) it[1]).asReadOnlyBuffer())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writable")
    void aDatagramGoesBetweenPositionAndLimit(String kind, ByteBuffer buffer) throws Exception {
        assertReceived("...abcd...", "abcd", fill(buffer).position(3).limit(9));
        assertEquals(7, buffer.position());
        assertReceived("...abcdef.", "abcdefgh", fill(buffer).position(3).limit(9));
        assertEquals(9, buffer.position());
        assertReceived("..........", "", fill(buffer).position(3).limit(9));
        assertEquals(3, buffer.position());
        assertReceived("..........", "abc", fill(buffer).position(9).limit(9));
        assertEquals(9, buffer.position());
    }

    private void assertReceived(String content, String datagram, ByteBuffer into) throws Exception {
        receive(datagram, into);
        assertEquals(content, content(into));
        assertEquals(9, into.limit());
    }

    @Test
    void theSenderIsANewObjectOnlyIfItIsAnother() {
        InetSocketAddress first = receivedFrom(PEER);
        assertEquals(PEER, first);
        assertSame(first, receivedFrom(PEER));
        InetSocketAddress otherPort = new InetSocketAddress(PEER.getAddress(), 8);
        assertEquals(otherPort, receivedFrom(otherPort));
        InetSocketAddress otherHost = new InetSocketAddress("127.0.0.2", 8);
        assertEquals(otherHost, receivedFrom(otherHost));
    }

    private InetSocketAddress receivedFrom(InetSocketAddress peer) {
        ByteBuffer buffer = ByteBuffer.allocate(1);
        packet.wrap(buffer).setSocketAddress(peer);
        return packet.moveInto(buffer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writable")
    void aShortDatagramDoesNotShortenTheNext(String kind, ByteBuffer buffer) throws Exception {
        fill(buffer).position(0);
        receive("a", buffer);
        receive("bcd", buffer);
        assertEquals("abcd......", content(buffer));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void theBytesBetweenPositionAndLimitAreSent(String kind, ByteBuffer buffer) {
        ByteBuffer datagram = buffer.isReadOnly() ? readOnly("0123456789", buffer.isDirect()) : put(buffer);
        datagram.position(2).limit(6);
        assertEquals("2345", text(packet.fill(datagram, PEER)));
        assertEquals(2, datagram.position());
        assertEquals(6, datagram.limit());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void aBufferAtItsLimitIsAnEmptyDatagram(String kind, ByteBuffer buffer) {
        assertEquals(0, packet.fill(buffer.position(5).limit(5), PEER).getLength());
    }

    @Test
    void aPacketHasItsDestination() {
        InetSocketAddress other = new InetSocketAddress("127.0.0.2", 9);
        packet.fill(ByteBuffer.allocate(1), PEER);
        assertEquals(other, packet.fill(ByteBuffer.allocate(1), other).getSocketAddress());
    }

    @Test
    void anAccessibleArrayIsNotCopied() {
        ByteBuffer buffer = ByteBuffer.allocate(10).position(3).slice();
        assertSame(buffer.array(), packet.wrap(buffer).getData());
        assertEquals(3, packet.wrap(buffer).getOffset());
    }

    @Test
    void theArrayOfAReadOnlyBufferIsNotTouched() {
        byte[] array = {1, 2, 3};
        assertNotSame(
                array,
                packet.fill(ByteBuffer.wrap(array).asReadOnlyBuffer(), PEER).getData());
    }

    @Test
    void theCopyIsReusedAndGrows() {
        byte[] large = packet.wrap(ByteBuffer.allocateDirect(100)).getData();
        assertEquals(100, large.length);
        DatagramPacket small = packet.wrap(ByteBuffer.allocateDirect(10));
        assertSame(large, small.getData());
        assertEquals(10, small.getLength());
        assertEquals(200, packet.wrap(ByteBuffer.allocateDirect(200)).getLength());
    }

    private void receive(String text, ByteBuffer into) throws Exception {
        try (DatagramSocket receiver = Loopback.socket(Loopback.IPV4);
                DatagramSocket sender = Loopback.socket(Loopback.IPV4)) {
            receiver.setSoTimeout(10_000);
            byte[] bytes = text.getBytes(US_ASCII);
            sender.send(new DatagramPacket(bytes, bytes.length, receiver.getLocalSocketAddress()));
            receiver.receive(packet.wrap(into));
            assertEquals(sender.getLocalSocketAddress(), packet.moveInto(into));
        }
    }

    private static ByteBuffer fill(ByteBuffer buffer) {
        return buffer.clear().put("..........".getBytes(US_ASCII));
    }

    private static ByteBuffer put(ByteBuffer buffer) {
        return buffer.clear().put("0123456789".getBytes(US_ASCII));
    }

    private static ByteBuffer readOnly(String text, boolean direct) {
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(10) : ByteBuffer.allocate(10);
        return buffer.put(text.getBytes(US_ASCII)).asReadOnlyBuffer();
    }

    private static String content(ByteBuffer buffer) {
        return US_ASCII.decode(buffer.duplicate().clear()).toString();
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), packet.getOffset(), packet.getLength(), US_ASCII);
    }
}
