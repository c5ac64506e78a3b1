package udp.server.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.server.Server;
import udp.server.ServerTest;
import udp.server.TestClient;
import udp.server.processor.EchoProcessor;
import udp.server.statistics.DropReason;

@Timeout(20)
class LoopGuardTest {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 4000);

    private final LoopGuard guard = new LoopGuard();
    private long clock = -5;

    @Test
    void aPeerThatRepeatsItselfIsTestedOnceAndBelievedWhenItSpeaksAgain() {
        assertEquals(160, exchangesUntilRefused("ping", "PING"));
        clock += PAUSE;
        assertEquals(230, exchangesUntilRefused("ping", "PING"));
    }

    /** Two servers, and somebody who forges one datagram again and again to make them answer each other. */
    @ParameterizedTest
    @ValueSource(longs = {0, 50_000_000, 5_000_000_000L})
    void noForgedDatagramIsWorthMoreThanFiveHundred(long pause) {
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
    void aPeerThatGoesOnAsIfNothingHadHappenedIsTestedAgain() {
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
    void aPeerThatSaysSomethingNewIsNeverTested() {
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

    /** As in a loop with a server that tells the time, when the second is over. */
    @Test
    void somethingNewNowAndThenDoesNotEndARun() {
        for (int i = 0; i < 160; i++) {
            assertTrue(exchange("12:00:00", "00:00:21"));
        }
        assertTrue(exchange("12:00:01", "10:00:21"));
        assertEquals(9, exchangesUntilRefused("12:00:01", "10:00:21"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 1_000, 10_000})
    void severalLoopsAtOnceAreEndedOneByOne(int loops) {
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
            assertTrue(exchanges++ < 200L * loops + 1_000, () -> circling.size() + " loops are still going on");
        }
    }

    @Test
    void nothingIsAllocatedWhileTheSenderStaysTheSame() {
        ByteBuffer request = UTF_8.encode("ping");
        ByteBuffer answer = UTF_8.encode("PING");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            clock += PAUSE / 2;
            guard.allows(PEER, request, clock);
            guard.recordReply(PEER, answer);
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

    /** Or a third party, by datagrams that it forges, could keep a loop going that they would only have begun. */
    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2, -1", "2001:db8:0:1::2, 2001:db8:0:2::1, 0"})
    void noPeerCanBeChosenToEndTheRunOfAnother(String one, String other, int offset) {
        InetSocketAddress looping = new InetSocketAddress(one, 4_000);
        InetSocketAddress forged = new InetSocketAddress(other, 4_000 + offset);
        int ended = 0;
        for (int i = 0; i < 20; i++) { // two peers share a slot by chance, once in 1,024 times
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

    /** Datagrams as if they had been forged, from one server to another. */
    @ParameterizedTest
    @CsvSource({"upper, upper, 2", "echo, echo, 30", "reverse, upper, 30", "time, reverse, 10"})
    void severalLoopsOfTwoServersDieOut(String one, String other, int loops) throws Exception {
        Transport a = ServerTest.open("channel", "127.0.0.1");
        try (Server serverA = Server.start(a, Providers.processor(one));
                Server serverB = Server.start(ServerTest.open("channel", "127.0.0.1"), Providers.processor(other))) {
            for (int i = 0; i < loops; i++) {
                a.send(ByteBuffer.wrap(("word " + i).getBytes(UTF_8)), serverB.localAddress());
            }
            while (suspected(serverA) + suspected(serverB) < loops) {
                assertFalse(Thread.currentThread().isInterrupted(), "the loops go on");
                Thread.onSpinWait();
            }
        }
    }

    /** One datagram, as if it had been forged, from one server to another. */
    @ParameterizedTest
    @CsvSource({
        "upper, upper",
        "echo, echo",
        "upper, echo",
        "reverse, reverse",
        "time, upper",
        "time, time",
        "reverse, time"
    })
    void aLoopOfTwoServersDiesOut(String one, String other) throws Exception {
        Transport a = ServerTest.open("channel", "127.0.0.1");
        try (Server serverA = Server.start(a, Providers.processor(one));
                Server serverB = Server.start(ServerTest.open("channel", "127.0.0.1"), Providers.processor(other))) {
            a.send(ByteBuffer.wrap("the first word".getBytes(UTF_8)), serverB.localAddress());
            awaitSuspicion(serverA, serverB);
            try (TestClient client = new TestClient(serverA.localAddress())) {
                for (int i = 0; i < 100; i++) {
                    client.ask("honest " + i); // were the loop still going on, it would take its turns too
                }
            }
            long received =
                    serverA.statistics().received() + serverB.statistics().received();
            assertTrue(received <= 500 + 100, received + " datagrams");
        }
    }

    @Test
    void aClientThatRepeatsItselfLosesNothingForLong() throws Exception {
        try (Server server = Server.start(ServerTest.open("channel", "127.0.0.1"), new EchoProcessor());
                TestClient client = new TestClient(server.localAddress())) {
            for (int i = 0; i < LoopGuard.RUN; i++) {
                client.send("again");
                assertEquals("again", client.receive());
            }
            assertEquals(LoopGuard.RUN, server.statistics().replied());
        }
    }

    private static void awaitSuspicion(Server one, Server other) {
        while (suspected(one) + suspected(other) == 0) {
            assertFalse(Thread.currentThread().isInterrupted(), "nobody suspected a loop in time");
            Thread.onSpinWait();
        }
    }

    private static long suspected(Server server) {
        return server.statistics().dropped().getOrDefault(DropReason.LOOP_SUSPECTED, 0L);
    }

    private boolean exchange(String request, String answer) {
        boolean allowed = guard.allows(PEER, UTF_8.encode(request), clock);
        if (allowed) {
            guard.recordReply(PEER, UTF_8.encode(answer));
        }
        return allowed;
    }

    private int exchangesUntilRefused(String request, String answer) {
        int allowed = 0;
        while (allowed < 10 * LoopGuard.RUN && exchange(request, answer)) {
            allowed++;
        }
        return allowed;
    }
}
