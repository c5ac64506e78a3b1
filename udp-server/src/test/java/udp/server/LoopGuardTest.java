package udp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.api.Transport;
import udp.api.spi.Providers;

@Timeout(20)
class LoopGuardTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 4000);

    private final LoopGuard guard = new LoopGuard();
    private long clock = -5;

    @Test
    void aPeerThatRepeatsItselfIsTestedOnceAndBelievedWhenItSpeaksAgain() {
        assertEquals(LoopGuard.RUN, exchangesUntilRefused("ping", "PING"));
        assertEquals(LoopGuard.RUN + LoopGuard.TRUST, exchangesUntilRefused("ping", "PING"));
    }

    @Test
    void aPeerThatSendsBackWhatItWasSentIsTested() {
        assertTrue(exchange("start", "a0"));
        for (int i = 0; i < LoopGuard.RUN - 1; i++) {
            assertTrue(exchange("a" + i, "a" + (i + 1)));
        }
        assertFalse(exchange("a" + (LoopGuard.RUN - 1), "-"));
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
            clock += TimeUnit.MILLISECONDS.toNanos(50);
            assertTrue(exchange("ping", "PING"));
        }
    }

    @Test
    void aPauseOfALoopDoesNotEndItsRun() {
        for (int i = 0; i < LoopGuard.RUN; i++) {
            assertTrue(exchange("ping", "PING"));
        }
        clock += TimeUnit.MILLISECONDS.toNanos(499);
        assertEquals(9, exchangesUntilRefused("ping", "PING"));
    }

    @Test
    void aPeerThatVariesWhatItSaysIsNeverTested() {
        for (int i = 0; i < 10 * LoopGuard.RUN; i++) {
            assertTrue(exchange(i % 8 == 0 ? "pong" : "ping", "PING"));
        }
    }

    /** As in a loop with a server that tells the time, when the second is over. */
    @Test
    void somethingNewNowAndThenDoesNotEndARun() {
        for (int i = 0; i < LoopGuard.RUN; i++) {
            assertTrue(exchange("12:00:00", "00:00:21"));
        }
        assertTrue(exchange("12:00:01", "10:00:21"));
        assertEquals(10, exchangesUntilRefused("12:00:01", "10:00:21"));
    }

    @Test
    void peersDoNotShareTheirRuns() {
        for (int port = 1; port < 10 * LoopGuard.RUN; port++) {
            InetSocketAddress peer = new InetSocketAddress("127.0.0.1", port);
            assertTrue(guard.allows(peer, UTF_8.encode("ping"), clock));
            guard.answered(peer, UTF_8.encode("PING"), clock);
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
            assertEquals(LoopGuard.RUN, server.statistics().answered());
        }
    }

    private static void awaitSuspicion(Server... servers) {
        while (Stream.of(servers)
                .noneMatch(server -> server.statistics().dropped().containsKey(DropReason.LOOP_SUSPECTED))) {
            assertFalse(Thread.currentThread().isInterrupted(), "nobody suspected a loop in time");
            Thread.onSpinWait();
        }
    }

    private boolean exchange(String request, String answer) {
        boolean allowed = guard.allows(PEER, UTF_8.encode(request), clock);
        if (allowed) {
            guard.answered(PEER, UTF_8.encode(answer), clock);
        }
        return allowed;
    }

    private int exchangesUntilRefused(String request, String answer) {
        for (int i = 0; ; i++) {
            if (!exchange(request, answer)) {
                return i;
            }
        }
    }
}
