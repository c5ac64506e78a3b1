package udp.it.kit.contract;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import udp.contract.KitAssertions;
import udp.contract.Peer;
import udp.contract.Subprocess;
import udp.it.kit.support.Preflight;

/**
 * The waits between the first three tries of a client that gets no reply, summed up over runs. Without a third try, the second
 * wait is endless.
 */
record Tries(int runs, long firstMillis, long secondMillis) {
    private static final double LATER = 1.3;
    private static final double MUCH_LATER = 1.6;
    private static final long ENDLESS = Long.MAX_VALUE;
    private static final int MAX_USUAL_RETRIES = 2;

    /** Receives the second try, which must be like the first, and the third. */
    static Tries receive(Peer.ReceivedDatagram first, Peer server, Subprocess client) throws Exception {
        long sent = System.nanoTime();
        Peer.ReceivedDatagram second = server.receive("the request again", client);
        long again = System.nanoTime();
        KitAssertions.bytes("the second datagram to be", first.bytes(), second.bytes());
        if (!second.sender().equals(first.sender())) {
            throw KitAssertions.failure(
                    "the second datagram to come from port " + first.sender().getPort(),
                    "it was " + second.sender().getPort(),
                    "a new socket for each try, so that the reply to the try before is lost if it is late");
        }
        boolean isThere = Preflight.senderOf("", server, client) != null;
        return new Tries(1, millis(again - sent), isThere ? millis(System.nanoTime() - again) : ENDLESS);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    Tries plus(Tries other) {
        boolean isEndless = secondMillis == ENDLESS || other.secondMillis == ENDLESS;
        return new Tries(
                runs + other.runs,
                firstMillis + other.firstMillis,
                isEndless ? ENDLESS : secondMillis + other.secondMillis);
    }

    /** Returns whether the waits grow by more than a busy machine, which delays a single datagram, can make them seem. */
    boolean growClearly() {
        return secondMillis > MUCH_LATER * firstMillis;
    }

    void assertGrow() {
        if (secondMillis <= LATER * firstMillis) {
            throw KitAssertions.failure(
                    "to wait longer before the third datagram than before the second",
                    "it was " + secondMillis / runs + " ms after " + firstMillis / runs + " ms",
                    "a time-out that never grows loads an overloaded network more (RFC 8085, section 3.1.1)");
        }
    }

    /** Returns the failure of a client that goes on. Some of its retries were received, others wait in the socket. */
    static AssertionError stillRunning(String expected, String cause, int received, Peer server) throws IOException {
        int retries = received;
        while (retries <= MAX_USUAL_RETRIES && server.receive(1) != null) {
            retries++;
        }
        return KitAssertions.failure(
                expected,
                "it was still running after " + ClientContract.MAX_WAIT_SECONDS + " s",
                retries <= MAX_USUAL_RETRIES ? cause : "sends again forever: nothing limits the number of tries");
    }
}
