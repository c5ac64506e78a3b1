package udp.it.simulation;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import udp.api.MessageProcessor;
import udp.server.statistics.Statistics;

/** Holds a server to the invariants: stands between it and its processor, and sees what it receives and sends. */
final class ServerCheck implements MessageProcessor {
    private final MessageProcessor processor;
    private final Violations violations;
    private Datagram request; // null once the reply to it was sent
    private byte[] reply; // null if the processor has made none
    private long received;

    ServerCheck(MessageProcessor processor, Violations violations) {
        this.processor = processor;
        this.violations = violations;
    }

    @Override
    public Outcome process(ByteBuffer message, ByteBuffer next, InetSocketAddress peer) {
        byte[] bytes = new byte[message.remaining()];
        message.get(message.position(), bytes);
        violations.require(
                request != null && Arrays.equals(bytes, request.bytes()) && peer.equals(request.from()),
                Invariant.ONE_REPLY,
                "the processor got another request than the one that was received");
        int start = next.position();
        Outcome outcome = processor.process(message, next, peer);
        reply = null;
        if (outcome == Outcome.REPLY) {
            reply = new byte[next.position() - start];
            next.get(start, reply);
        }
        return outcome;
    }

    void onReceive(Datagram datagram) {
        requireReplied();
        received++;
        request = datagram;
        reply = null;
    }

    void onSend(Datagram datagram) {
        boolean expected = request != null && reply != null && Arrays.equals(reply, datagram.bytes());
        violations.require(
                expected
                        && datagram.to().equals(request.from())
                        && datagram.from().equals(request.to()),
                Invariant.ONE_REPLY,
                "a reply that was not asked for");
        request = null;
    }

    /** Checks that the latest request had its reply, if its processor made one. */
    void requireReplied() {
        violations.require(request == null || reply == null, Invariant.ONE_REPLY, "a reply was made, and not sent");
    }

    /** Checks the counts of a server that has ended, and returns how many requests it has dropped. */
    long requireCounts(Statistics counts) {
        long dropped =
                counts.dropped().values().stream().mapToLong(Long::longValue).sum();
        violations.require(
                counts.received() == received && counts.replied() + dropped == received,
                Invariant.COUNTS,
                "%d requests came, and the server counts %s",
                received,
                counts);
        return dropped;
    }
}
