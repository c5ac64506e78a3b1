package udp.server;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Ends a conversation with another server, which one forged datagram is enough to begin and in which each answers the
 * other's answers for ever (CERT CA-1996-01, CVE-2024-2169).
 *
 * <p>Such a peer sends promptly, and always the same or what it was sent. So may a client that repeats itself, and there
 * is one difference: a server never sends unasked. Hence, after a long run of such exchanges, one answer is withheld. A
 * server falls silent for good. A client that sends again has shown that it is one, and is believed for a longer run.
 * It has lost one datagram, as it may on any network. One thread.
 */
final class LoopGuard {
    static final int RUN = 150; // in a loop of two servers, at most 300 datagrams until one of them ends it
    static final int TRUST = 1_000;
    private static final long FORGETS = TimeUnit.MILLISECONDS.toNanos(50); // one of the run: slower, it is no burden
    private static final int NOVELTY = 10; // of the run for something new: a server that tells the time has it too
    private static final int SLOTS = 1 << 10; // peers that share one only begin their runs anew

    /** What was last heard from and said to a peer. */
    private static final class Conversation {
        private InetSocketAddress peer;
        private long request;
        private long answer;
        private long answeredAt;
        private long run;
        private boolean isTested;
    }

    private final Conversation[] slots = new Conversation[SLOTS];

    /** To be asked about each request before it is processed; false if it is not to be answered. */
    boolean allows(InetSocketAddress peer, ByteBuffer request, long now) {
        Conversation with = slot(peer);
        long fingerprint = fingerprint(request);
        if (!peer.equals(with.peer)) {
            with.peer = peer;
            with.run = 0;
            with.isTested = false;
        } else if (with.isTested) {
            with.run = -TRUST;
            with.isTested = false;
        } else if (fingerprint == with.answer || fingerprint == with.request) {
            with.run = Math.max(with.run - (now - with.answeredAt) / FORGETS, Math.min(with.run, 0)) + 1;
        } else {
            with.run = Math.max(with.run - NOVELTY, Math.min(with.run, 0));
        }
        with.request = fingerprint;
        if (with.run < RUN) {
            return true;
        }
        with.run = 0;
        with.isTested = true;
        return false;
    }

    /** To be told of each answer. */
    void answered(InetSocketAddress peer, ByteBuffer answer, long now) {
        Conversation with = slot(peer);
        with.answer = fingerprint(answer);
        with.answeredAt = now;
    }

    private Conversation slot(InetSocketAddress peer) {
        int hash = peer.hashCode();
        int index = (hash ^ hash >>> 10 ^ hash >>> 20) & SLOTS - 1;
        Conversation found = slots[index];
        return found != null ? found : (slots[index] = new Conversation());
    }

    /** Length, beginning and end: enough for a suspicion, and as cheap for a large datagram as for a small one. */
    private static long fingerprint(ByteBuffer buffer) {
        int length = buffer.remaining();
        int from = buffer.position();
        long hash = length;
        if (length >= Long.BYTES) {
            hash = hash * 31 + buffer.getLong(from);
            hash = hash * 31 + buffer.getLong(from + length - Long.BYTES);
        } else {
            for (int i = 0; i < length; i++) {
                hash = hash * 31 + buffer.get(from + i);
            }
        }
        return hash;
    }
}
