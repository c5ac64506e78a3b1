package udp.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
    private static final long START = Long.MAX_VALUE - 5; // The clock may begin anywhere, and overflow.
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RateLimit limit = RateLimit.of(10);

    @Test
    void noLimitAllowsAll() {
        assertEquals(1000, allowed(RateLimit.NONE, "127.0.0.1", 1000, START));
    }

    @Test
    void aSecondsWorthIsAllowedAtOnceAndTheRestAtTheRate() {
        assertEquals(10, allowed(limit, "127.0.0.1", 1000, START));
        assertEquals(0, allowed(limit, "127.0.0.1", 1000, START + SECOND / 10 - 1));
        assertEquals(1, allowed(limit, "127.0.0.1", 1000, START + SECOND / 10));
        assertEquals(9, allowed(limit, "127.0.0.1", 1000, START + SECOND));
        assertEquals(10, allowed(limit, "127.0.0.1", 1000, START + 100 * SECOND));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.255", "2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff"})
    void addressesOfOneNetworkShareTheLimit(String one, String other) {
        allowed(limit, one, 10, START);
        assertFalse(limit.allows(new InetSocketAddress(other, 9), START));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.3.1", "192.0.2.1, 192.1.2.1", "2001:db8::1, 2001:db8:0:1::1"})
    void eachNetworkHasItsLimit(String one, String other) {
        int own = 0;
        for (int i = 0; i < 100; i++) { // Two networks in 16,384 share a slot by chance.
            RateLimit fresh = RateLimit.of(10);
            allowed(fresh, one, 10, START);
            own += fresh.allows(new InetSocketAddress(other, 9), START) ? 1 : 0;
        }
        assertTrue(own > 90, "in " + own + " of 100 cases");
    }

    @Test
    void manyNetworksDoNotResetTheLimitOfAnother() {
        allowed(limit, "192.0.2.1", 10, START);
        IntStream.range(0, 100_000)
                .mapToObj(i -> "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255))
                .forEach(address -> limit.allows(new InetSocketAddress(address, 9), START));
        assertFalse(limit.allows(new InetSocketAddress("192.0.2.1", 9), START));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10_000})
    void theRateIsKeptOverTime(int perSecond) {
        RateLimit limited = RateLimit.of(perSecond);
        int allowed = 0;
        for (int step = 0; step < 100; step++) { // ten seconds
            allowed += allowed(limited, "127.0.0.1", 2 * perSecond, START + step * SECOND / 10);
        }
        assertEquals(10.9 * perSecond, allowed, 1); // what was saved up, and 9.9 seconds
    }

    private static int allowed(RateLimit limit, String host, int requests, long now) {
        InetSocketAddress peer = new InetSocketAddress(host, 9);
        return (int) IntStream.range(0, requests)
                .filter(i -> limit.allows(peer, now))
                .count();
    }
}
