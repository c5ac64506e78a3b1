package udp.server.guard;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Ends loops with another server. In a loop each server replies to the other's replies without end, and a single forged
 * datagram is enough to begin it (CERT CA-1996-01, CVE-2024-2169). Several loops may go on at once.
 *
 * <p>Two servers in a loop send each other the same few messages without pause. A client may do that too, but a server never
 * sends first. So after 150 such messages in a row we withhold one reply: a loop ends; a client sends again, and is trusted
 * longer. The client has lost one datagram, as it may on any network. One thread.
 */
final class LoopGuard {
    static final int RUN = 150; // In a loop of two servers, at most some 300 datagrams pass until one server ends it.
    static final int TRUST = 80; // A forged datagram may earn it too: then a loop takes twice this number more.
    private static final int LOOK = 50; // From this run on, the content counts too: looking at it takes time.
    private static final int NOVELTY =
            10; // What new content takes off the run: a server that tells the time has it too.
    private static final long FORGET_NANOS = TimeUnit.MILLISECONDS.toNanos(50); // The time that takes 1 off the run.
    private static final int SLOT_BITS = 10; // Peers that share a slot only begin their runs anew.

    private static final class Conversation {
        private InetSocketAddress peer;
        private long heardAt;
        private long run;
        private boolean isTested;
    }

    private final KeyedHash hash = new KeyedHash(SLOT_BITS);
    private final SplittableRandom random = new SplittableRandom();
    private final Conversation[] slots = new Conversation[1 << SLOT_BITS];
    private final SeenMessages seen = new SeenMessages(); // from peers whose run is long, and to them
    private InetSocketAddress latest;
    private Conversation latestSlot;

    /** Returns whether a request may be served. It must be called once for each request, before processing it. */
    boolean allows(InetSocketAddress peer, ByteBuffer request, long now) {
        Conversation with = slot(peer);
        if (!peer.equals(with.peer)) {
            with.peer = peer;
            with.run = 0;
            with.isTested = false;
        } else {
            continueRun(with, now - with.heardAt);
        }
        with.heardAt = now;
        if (with.run >= LOOK && seen.add(peer, request)) {
            with.run -= NOVELTY;
        }
        if (with.run < RUN) {
            return true;
        }
        with.run = LOOK;
        with.isTested = true;
        return false;
    }

    /** Remembers a reply, since a peer in a loop is going to send it back. */
    void recordReply(InetSocketAddress peer, ByteBuffer reply) {
        // New content takes the run below LOOK again. Of several loops, the others go on meanwhile.
        if (slot(peer).run >= LOOK - NOVELTY) {
            seen.add(peer, reply);
        }
    }

    private void continueRun(Conversation with, long pause) {
        long forgotten = pause / FORGET_NANOS;
        if (with.isTested && forgotten > 0) {
            with.run = random.nextInt(TRUST / 2) - TRUST; // Nobody can count whose turn is next.
        } else {
            with.run = Math.max(with.run - forgotten, Math.min(with.run, 0)) + 1;
        }
        with.isTested = false;
    }

    private Conversation slot(InetSocketAddress peer) {
        if (peer != latest) { // The JDK returns the same object as long as the sender stays the same.
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
