package udp.server.guard;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Ends conversations with another server, which one forged datagram is enough to begin and in which each answers the
 * other's answers for ever (CERT CA-1996-01, CVE-2024-2169); several may go on at once.
 *
 * <p>Such a peer sends promptly, and only what it said or was told before. So may a client that repeats itself, and there
 * is one difference: a server never sends unasked. Hence, after a long run of such exchanges, one answer is withheld,
 * which ends one conversation for good. A client that sends again after a while has shown that it is one, and is believed
 * for a longer run. It has lost one datagram, as it may on any network. One thread.
 */
public final class LoopGuard {
    public static final int RUN = 150; // in a loop of two servers, at most some 300 datagrams until one of them ends it
    public static final int TRUST = 80; // a forged datagram may earn it too: then a loop takes two times this more
    private static final int LOOK = 50; // from here on, what is said counts too: to look at it takes time
    private static final int NOVELTY = 10; // of the run for something new: a server that tells the time has it too
    private static final long FORGETS = TimeUnit.MILLISECONDS.toNanos(50); // one of the run: slower, it is no burden
    private static final int SLOT_BITS = 10; // peers that share a slot only begin their runs anew

    private static final class Conversation {
        private InetSocketAddress peer;
        private long heardAt;
        private long run;
        private boolean isTested;
    }

    private final KeyedHash hash = new KeyedHash(SLOT_BITS);
    private final Conversation[] slots = new Conversation[1 << SLOT_BITS];
    private final SeenMessages said = new SeenMessages(); // by peers whose run is long, and to them
    private InetSocketAddress latest;
    private Conversation latestSlot;

    /** To be asked about each request before it is processed; false if it is not to be answered. */
    public boolean allows(InetSocketAddress peer, ByteBuffer request, long now) {
        Conversation with = slot(peer);
        if (!peer.equals(with.peer)) {
            with.peer = peer;
            with.run = 0;
            with.isTested = false;
        } else {
            continueRun(with, now - with.heardAt);
        }
        with.heardAt = now;
        if (with.run >= LOOK && said.add(peer, request)) {
            with.run -= NOVELTY;
        }
        if (with.run < RUN) {
            return true;
        }
        with.run = LOOK;
        with.isTested = true;
        return false;
    }

    /** To be told of each answer. */
    public void answered(InetSocketAddress peer, ByteBuffer answer) {
        if (slot(peer).run >= LOOK - 1) { // what comes next may be just that
            said.add(peer, answer);
        }
    }

    private static void continueRun(Conversation with, long pause) {
        long forgotten = pause / FORGETS;
        if (with.isTested && forgotten > 0) {
            with.run = -TRUST;
        } else {
            with.run = Math.max(with.run - forgotten, Math.min(with.run, 0)) + 1;
        }
        with.isTested = false;
    }

    private Conversation slot(InetSocketAddress peer) {
        if (peer != latest) { // the JDK gives the same object for as long as the sender stays the same
            int index = hash.slot(peer);
            if (slots[index] == null) {
                slots[index] = new Conversation();
            }
            latest = peer;
            latestSlot = slots[index];
        }
        return latestSlot;
    }
}
