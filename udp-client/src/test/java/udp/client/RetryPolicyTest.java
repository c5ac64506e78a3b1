package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    @ParameterizedTest
    @CsvSource({"PT0.000000001S, 1", "PT1H, 20"})
    void bothLimitsAreAllowed(Duration timeout, int tries) {
        RetryPolicy policy = new RetryPolicy(timeout, tries);
        assertEquals(timeout, policy.timeout());
        assertEquals(tries, policy.tries());
    }

    @ParameterizedTest
    @CsvSource({"PT0S, timeout PT0S", "PT-1S, timeout PT-1S", "PT1H0.000000001S, timeout PT1H0.000000001S"})
    void aTimeoutOutOfRangeIsRefused(Duration timeout, String message) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(timeout, 1));
        assertEquals(message, refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"-1, tries -1", "0, tries 0", "21, tries 21"})
    void aNumberOfTriesOutOfRangeIsRefused(int tries, String message) {
        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(Duration.ofSeconds(1), tries));
        assertEquals(message, refusal.getMessage());
    }

    @Test
    void noTimeoutIsRefused() {
        assertThrows(NullPointerException.class, () -> new RetryPolicy(null, 1));
    }

    @ParameterizedTest
    @CsvSource({"1, PT1S", "2, PT2S", "3, PT4S", "20, PT145H38M8S"})
    void everyWaitIsTwiceTheWaitBefore(int number, Duration wait) {
        assertEquals(wait, new RetryPolicy(Duration.ofSeconds(1), 20).waitAfter(number));
    }

    @Test
    void theLongestWaitFitsALongInNanoseconds() {
        Duration longest = new RetryPolicy(Duration.ofHours(1), RetryPolicy.MAX_TRIES).waitAfter(RetryPolicy.MAX_TRIES);
        assertEquals(longest, Duration.ofNanos(longest.toNanos()));
    }

    @Test
    void theDefaultIsThreeTriesFromOneSecondOn() {
        assertEquals(new RetryPolicy(Duration.ofSeconds(1), 3), RetryPolicy.DEFAULT);
        assertEquals(Duration.ofSeconds(7), RetryPolicy.DEFAULT.total());
    }
}
