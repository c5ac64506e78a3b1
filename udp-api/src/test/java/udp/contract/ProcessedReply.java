package udp.contract;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;

/** The outcome of a processor and the bytes that it put into the reply. */
public record ProcessedReply(Outcome outcome, byte[] bytes) {
    /** The most bytes of a datagram, which IPv6 carries. */
    public static final int MAX_PAYLOAD = 65_527;

    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50007);

    /** Processes a message in an array of just its length, with room for every reply. */
    public static ProcessedReply to(byte[] message, MessageProcessor processor) {
        return to(ByteBuffer.wrap(message), ByteBuffer.allocate(MAX_PAYLOAD), processor);
    }

    public static ProcessedReply to(ByteBuffer message, ByteBuffer reply, MessageProcessor processor) {
        int start = reply.position();
        Outcome outcome = processor.process(message, reply, PEER);
        return new ProcessedReply(outcome, TransportRules.slice(reply, start, reply.position()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProcessedReply reply && outcome == reply.outcome && Arrays.equals(bytes, reply.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return (outcome == Outcome.REPLY ? "" : outcome + ", ") + KitAssertions.shown(bytes);
    }
}
