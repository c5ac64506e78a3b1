package udp.it.relay;

import java.util.concurrent.TimeUnit;

/**
 * Ends a loop with another relay that sends to this one. In such a loop each datagram is that of a new client, and none
 * gets a reply. But a socket may get the port of a client that is gone, which the other relay still knows: then the
 * datagram goes round through known clients only. Times are in nanoseconds since the start. One thread.
 */
final class RelayLoop {
    /** After so many new clients in a row without a reply, known ones count too. A shorter loop, if fast, the guards see. */
    static final int CROWD = 250;

    /** After so many in a row, and so much time, without a reply, the server seems to be another relay. */
    static final int MAX_UNANSWERED = 1000;

    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Long enough for duplicates, too, to come back and end. */
    static final long REFUSAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private long lastReply;
    private int unanswered; // since then: new clients, and then all requests
    private long refusesUntil;

    void noteReply(long now) {
        lastReply = now;
        unanswered = 0;
    }

    /** Returns whether a request seems to come from a loop. It must be called once for each that the guards allow. */
    boolean isSuspected(boolean isOfNewClient, long now) {
        if (now < refusesUntil) { // What is refused does not count: a flood would keep everybody out.
            return true;
        }
        if (isOfNewClient || unanswered > CROWD) {
            unanswered++;
        }
        if (unanswered <= MAX_UNANSWERED || now - lastReply <= SILENCE_NANOS) {
            return false;
        }
        unanswered = 0;
        refusesUntil = now + REFUSAL_NANOS;
        return true;
    }
}
