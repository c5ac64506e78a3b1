package udp.it.kit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.internal.net.Addresses;

/**
 * What a processor made of a message.
 *
 * @param outcome what it returned
 * @param bytes what it put into the answer
 */
record Answer(Outcome outcome, byte[] bytes) {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50007);

    /** From an array of just its length into one with room for everything. */
    static Answer to(byte[] message, MessageProcessor processor) {
        return to(ByteBuffer.wrap(message), ByteBuffer.allocate(Addresses.MAX_PAYLOAD), processor);
    }

    static Answer to(ByteBuffer message, ByteBuffer answer, MessageProcessor processor) {
        int start = answer.position();
        Outcome outcome = processor.process(message, answer, PEER);
        return new Answer(outcome, TransportRules.slice(answer, start, answer.position()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answer answer && outcome == answer.outcome && Arrays.equals(bytes, answer.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return (outcome == Outcome.REPLY ? "" : outcome + ", ") + Expect.shown(bytes);
    }
}
