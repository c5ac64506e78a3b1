package udp.server.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class LoopGuardTest {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 4000);

    private final LoopGuard guard = new LoopGuard();
    private long clock = -5;

    @Test
    void aPeerThatRepeatsItselfIsTestedAndThenTrustedLonger() {
        assertEquals(160, exchangesUntilRefused("ping", "PING"));
        clock += PAUSE;
        int trusted = exchangesUntilRefused("ping", "PING");
        assertTrue(trusted > 190 && trusted <= 230, trusted + " exchanges");
    }

    /** Whoever forges the client's source could otherwise count to the request that is going to be refused. */
    @ParameterizedTest
    @ValueSource(ints = {10, 20, 76, 180})
    void whoForgesAClientsSourceCostsItFewRequests(int forged) {
        exchangesUntilRefused("ping", "PING");
        clock += PAUSE;
        int lost = 0;
        for (int i = 0; i < 1_000; i++) {
            for (int j = 0; j < forged; j++) {
                exchange("ping", "PING");
            }
            if (!exchange("ping", "PING")) {
                lost++;
                clock += PAUSE; // The client waits, and then sends again.
            }
        }
        assertTrue(lost <= 30, lost + " of 1,000 lost");
    }

    /** Somebody forges the same datagram again and again, to make two servers reply to each other. */
    @ParameterizedTest
    @ValueSource(longs = {0, 50_000_000, 5_000_000_000L})
    void aForgedDatagramCausesAtMostFiveHundred(long pause) {
        LoopGuard other = new LoopGuard();
        for (int forged = 1; forged <= 100; forged++) {
            clock += pause;
            int datagrams = 1;
            LoopGuard next = guard;
            while (next.allows(PEER, UTF_8.encode("hello"), clock)) {
                next.recordReply(PEER, UTF_8.encode("hello"));
                next = next == guard ? other : guard;
                datagrams++;
            }
            assertTrue(datagrams <= 500, datagrams + " after number " + forged);
        }
    }

    @Test
    void aPeerThatSendsOnWithoutAPauseIsTestedAgain() {
        assertEquals(160, exchangesUntilRefused("ping", "PING"));
        clock += PAUSE - 1;
        assertEquals(99, exchangesUntilRefused("ping", "PING"));
        assertEquals(99, exchangesUntilRefused("ping", "PING"));
    }

    @Test
    void aPeerThatSendsBackWhatItWasSentIsTested() {
        int number = 0;
        while (exchange("a" + number, "a" + (number + 1))) {
            number++;
        }
        assertEquals(150, number);
    }

    @Test
    void aPeerThatSendsNewContentIsNeverTested() {
        for (int i = 0; i < 10 * LoopGuard.RUN; i++) {
            assertTrue(exchange("request " + i, "REQUEST " + i));
        }
    }

    @Test
    void aPeerThatTakesItsTimeIsNeverTested() {
        for (int i = 0; i < 10 * LoopGuard.RUN; i++) {
            clock += PAUSE;
            assertTrue(exchange("ping", "PING"));
        }
    }

    @Test
    void aPauseOfALoopDoesNotEndItsRun() {
        for (int i = 0; i < 160; i++) {
            assertTrue(exchange("ping", "PING"));
        }
        clock += 10 * PAUSE - 1;
        assertEquals(9, exchangesUntilRefused("ping", "PING"));
    }

    /** A server that replies with the time sends new content once a second. */
    @Test
    void aLittleNewContentDoesNotEndARun() {
        for (int i = 0; i < 160; i++) {
            assertTrue(exchange("12:00:00", "00:00:21"));
        }
        assertTrue(exchange("12:00:01", "10:00:21"));
        assertEquals(9, exchangesUntilRefused("12:00:01", "10:00:21"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 1_000, 10_000})
    void allOfSeveralLoopsEnd(int loops) {
        Deque<String> circling = new ArrayDeque<>();
        for (int i = 0; i < loops; i++) {
            circling.add("message " + i);
        }
        long exchanges = 0;
        while (!circling.isEmpty()) {
            String message = circling.remove();
            if (exchange(message, message)) {
                circling.add(message);
            }
            clock += 1_000;
            assertTrue(exchanges++ < 200L * loops + 1_000, () -> circling.size() + " loops go on");
        }
    }

    @Test
    void nothingIsAllocatedWhileTheSenderStaysTheSame() {
        ByteBuffer request = UTF_8.encode("ping");
        ByteBuffer reply = UTF_8.encode("PING");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            clock += PAUSE / 2;
            guard.allows(PEER, request, clock);
            guard.recordReply(PEER, reply);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 10_000, allocated + " bytes in 10,000 exchanges");
    }

    @Test
    void peersDoNotShareTheirRuns() {
        for (int port = 1; port < 10 * LoopGuard.RUN; port++) {
            InetSocketAddress peer = new InetSocketAddress("127.0.0.1", port);
            assertTrue(guard.allows(peer, UTF_8.encode("ping"), clock));
            guard.recordReply(peer, UTF_8.encode("PING"));
        }
    }

    /** Otherwise somebody who forges datagrams could keep a loop going. */
    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2, -1", "2001:db8:0:1::2, 2001:db8:0:2::1, 0"})
    void nobodyCanChooseAPeerThatEndsTheRunOfAnother(String one, String other, int offset) {
        InetSocketAddress looping = new InetSocketAddress(one, 4_000);
        InetSocketAddress forged = new InetSocketAddress(other, 4_000 + offset);
        int ended = 0;
        for (int i = 0; i < 20; i++) { // Two peers in 1,024 share a slot by chance.
            LoopGuard fresh = new LoopGuard();
            int exchanges = 0;
            while (exchanges < 2 * LoopGuard.RUN && fresh.allows(looping, UTF_8.encode("ping"), clock)) {
                fresh.recordReply(looping, UTF_8.encode("PING"));
                fresh.allows(forged, UTF_8.encode("ping"), clock);
                exchanges++;
            }
            ended += exchanges < 2 * LoopGuard.RUN ? 1 : 0;
        }
        assertTrue(ended > 15, ended + " of 20 loops are ended");
    }

    private boolean exchange(String request, String reply) {
        boolean allowed = guard.allows(PEER, UTF_8.encode(request), clock);
        if (allowed) {
            guard.recordReply(PEER, UTF_8.encode(reply));
        }
        return allowed;
    }

    private int exchangesUntilRefused(String request, String reply) {
        int allowed = 0;
        while (allowed < 10 * LoopGuard.RUN && exchange(request, reply)) {
            allowed++;
        }
        return allowed;
    }
}
