package udp.contract;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import udp.api.Transport;

abstract class SendRules extends TransportRules {
    static final int[] SIZES = {1, 508, 1472, 1473, 2048, 2049, 65_506, 65_507};

    SendRules(TransportContract contract) {
        super(contract);
    }

    static Void send(Transport transport, byte[] bytes, InetSocketAddress destination) throws IOException {
        transport.send(ByteBuffer.wrap(bytes), destination);
        return null;
    }

    @Verifies(value = Rule.T2_1, cause = "sent the whole array instead of what is between position and limit")
    void rule_2_1_sendsFromThePositionToTheLimit() throws IOException {
        transport.send(ByteBuffer.wrap(text("--hello--")).position(2).limit(7), peer.address());
        KitAssertions.bytes("the datagram to be", text("hello"), peerReceives("a datagram to be sent"));
    }

    @Verifies(value = Rule.T2_1, cause = "copied the bytes out without moving the position, or flipped the buffer")
    void rule_2_1_consumesTheWholeBuffer() throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(text("--hello--")).position(2).limit(7);
        transport.send(buffer, peer.address());
        KitAssertions.equal("the position to move to", 7, buffer.position());
        KitAssertions.equal("the limit to stay", 7, buffer.limit());
    }

    @Verifies(value = Rule.T2_1, cause = "sent from an array of its own that is smaller than a datagram can be")
    void rule_2_1_everySizeLeavesWhole() throws IOException {
        for (int size : SIZES) {
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);
            transport.send(ByteBuffer.wrap(bytes), peer.address());
            byte[] sent = peerReceives("a datagram of " + size + " bytes to be sent");
            KitAssertions.equal("the size of the datagram to be", size, sent.length);
            KitAssertions.bytes("the datagram to be", bytes, sent);
        }
    }

    @Verifies(value = Rule.T2_1, cause = "cut the message, or swallowed the exception, and reported success")
    void rule_2_1_refusesWhatIsTooLargeForADatagram() throws IOException {
        ByteBuffer tooLarge = ByteBuffer.allocate(65_536);
        KitAssertions.thrown("send of 65,536 bytes", IOException.class, () -> {
            transport.send(tooLarge, peer.address());
            return null;
        });
        KitAssertions.equal("the position after a send that failed to stay", 0, tooLarge.position());
    }

    @Verifies(value = Rule.T2_2, cause = "used array() without arrayOffset() and position(), or where there is none")
    void rule_2_2_everyKindOfBufferCanBeSent() throws IOException {
        byte[] bytes = text("0123456789");
        ByteBuffer heap = ByteBuffer.wrap(bytes);
        ByteBuffer direct = ByteBuffer.allocateDirect(10).put(bytes).flip();
        assertSends("a direct buffer", direct.duplicate());
        assertSends("a sliced heap buffer", heap.duplicate().position(3).slice());
        assertSends("a sliced direct buffer", direct.duplicate().position(3).slice());
        assertSends("a read-only buffer", heap.asReadOnlyBuffer());
        assertSends(
                "a sliced read-only buffer",
                heap.duplicate().position(3).slice().asReadOnlyBuffer());
        assertSends("a direct read-only buffer", direct.asReadOnlyBuffer());
    }

    @Verifies(value = Rule.T2_3, cause = "the JDK's connected sockets report success and send nothing")
    void rule_2_3_anEmptyDatagramIsSentOrRefused() throws IOException {
        try {
            transport.send(ByteBuffer.allocate(0), peer.address());
        } catch (IOException refused) {
            return;
        }
        transport.send(ByteBuffer.wrap(text("next")), peer.address());
        KitAssertions.bytes("the datagram to be", new byte[0], peerReceives("an empty datagram to be sent or refused"));
    }

    @Verifies(value = Rule.T2_5, cause = "an unresolved address has no getAddress(), and that null went on to the JDK")
    void rule_2_5_refusesAnUnresolvedDestination() throws IOException {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("host.invalid", 50007);
        IOException e = KitAssertions.thrown(
                "send to an unresolved host", IOException.class, () -> send(transport, new byte[1], nowhere));
        KitAssertions.that(
                e.getMessage() != null && e.getMessage().contains("host.invalid"),
                "the message to name the host",
                "it was " + e.getMessage());
        assertStillSends();
    }

    @Verifies(
            value = Rule.T2_5,
            cause = "swallowed the exception, or passed on UnsupportedAddressTypeException, no IOException")
    void rule_2_5_refusesAFamilyThatTheSocketDoesNotSpeak() throws IOException {
        NotApplicable.unless(!contract.connected(), "connected, it refuses any other destination (rule 2.4)");
        InetSocketAddress foreign = new InetSocketAddress(
                contract.ip.other().loopback(), peer.address().getPort());
        KitAssertions.thrown(
                "send to " + contract.ip.other() + " from a transport of " + contract.ip,
                IOException.class,
                () -> send(transport, new byte[1], foreign));
        assertStillSends();
    }

    @Verifies(value = Rule.T2_5, cause = "the JDK's sockets throw other exceptions than IOException for port 0")
    void rule_2_5_refusesPort0() throws IOException {
        NotApplicable.unless(!contract.connected(), "connected, it refuses any other destination (rule 2.4)");
        InetSocketAddress nowhere = new InetSocketAddress(peer.address().getAddress(), 0);
        KitAssertions.thrown("send to port 0", IOException.class, () -> send(transport, new byte[1], nowhere));
        assertStillSends();
    }

    private void assertSends(String kind, ByteBuffer buffer) throws IOException {
        byte[] expected = slice(buffer, buffer.position(), buffer.limit());
        transport.send(buffer, peer.address());
        KitAssertions.bytes("the datagram from " + kind + " to be", expected, peerReceives(kind + " to be sent"));
    }
}
