package udp.internal.fault;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.Transport;
import udp.test.FakeTransport;

class FaultsTest {
    private static final Duration NOTHING = Duration.ZERO;

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoProbabilityIsRefusedByItsName(double p) {
        assertRefused("loss " + p, () -> new Faults(p, 0, 0, 0, 0, NOTHING, NOTHING, 0));
        assertRefused("duplicate " + p, () -> new Faults(0, p, 0, 0, 0, NOTHING, NOTHING, 0));
        assertRefused("reorder " + p, () -> new Faults(0, 0, p, 0, 0, NOTHING, NOTHING, 0));
        assertRefused("corrupt " + p, () -> new Faults(0, 0, 0, p, 0, NOTHING, NOTHING, 0));
        assertRefused("truncate " + p, () -> new Faults(0, 0, 0, 0, p, NOTHING, NOTHING, 0));
    }

    @ParameterizedTest
    @CsvSource({"PT-1S, PT0S", "PT-1S, PT1S", "PT2S, PT1S", "PT0S, PT1H0.000000001S", "PT0S, PT-1S"})
    void whatIsNoRangeOfDelaysIsRefused(Duration least, Duration most) {
        assertRefused("delay from " + least + " to " + most, () -> new Faults(0, 0, 0, 0, 0, least, most, 0));
    }

    @Test
    void theExtremesAreAllowed() {
        assertDoesNotThrow(() -> new Faults(1, 1, 1, 1, 1, Duration.ofHours(1), Duration.ofHours(1), Long.MIN_VALUE));
    }

    @Test
    void thereAreNoneWhateverTheSeed() {
        assertTrue(Faults.NONE.isNone());
        assertTrue(new Faults(0, 0, 0, 0, 0, NOTHING, NOTHING, 7).isNone());
    }

    @Test
    void eachFaultIsOne() throws IOException {
        Faults[] all = {
            new Faults(0.1, 0, 0, 0, 0, NOTHING, NOTHING, 0),
            new Faults(0, 0.1, 0, 0, 0, NOTHING, NOTHING, 0),
            new Faults(0, 0, 0.1, 0, 0, NOTHING, NOTHING, 0),
            new Faults(0, 0, 0, 0.1, 0, NOTHING, NOTHING, 0),
            new Faults(0, 0, 0, 0, 0.1, NOTHING, NOTHING, 0),
            new Faults(0, 0, 0, 0, 0, NOTHING, Duration.ofNanos(1), 0)
        };
        for (Faults faults : all) {
            assertFalse(faults.isNone());
            FakeTransport inner = new FakeTransport();
            try (Transport transport = faults.wrap(inner)) {
                assertNotSame(inner, transport);
            }
        }
    }

    @Test
    void withoutFaultsTheTransportStaysTheSame() {
        FakeTransport transport = new FakeTransport();
        assertSame(transport, Faults.NONE.wrap(transport));
    }

    private static void assertRefused(String beginning, Runnable attempt) {
        String message =
                assertThrows(IllegalArgumentException.class, attempt::run).getMessage();
        assertEquals(beginning, message.substring(0, Math.min(beginning.length(), message.length())));
    }
}
