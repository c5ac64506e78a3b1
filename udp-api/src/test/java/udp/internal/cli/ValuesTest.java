package udp.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.internal.text.Printable;

class ValuesTest {
    private static final String ARABIC_SEVEN = "\u0667";

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 1, 1", "80, 1, 80", "65535, 1, 65535", "00080, 1, 80", "000000007, 0, 7"})
    void aPortIsReadAsDecimal(String text, int lowest, int expected) {
        assertEquals(expected, Values.port(text, lowest));
    }

    static String[] noPorts() {
        String numbers = "-1|+1|65536|99999999|999999999|9999999999|4294967297|1.0|1e3|0x50| 80|80 |8 0|8_0|80;";
        return (numbers + "|http|| |" + ARABIC_SEVEN + "|\uff17|8\u200b0").split("\\|");
    }

    @ParameterizedTest
    @MethodSource("noPorts")
    void whatIsNoPortIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Values.port(text, 0));
    }

    @Test
    void portZeroIsRefusedWhereTheSystemCannotChoose() {
        assertRefused("'0' is not a port number (1 to 65535)", () -> Values.port("0", 1));
    }

    @Test
    void theMessageNamesTheRangeOfPorts() {
        assertRefused("'70000' is not a port number (0 to 65535)", () -> Values.port("70000", 0));
    }

    @Test
    void theMessageShowsControlCharactersEscaped() {
        assertRefused("'8\\u000a\\u001b[31m' is not a port number (0 to 65535)", () -> Values.port("8\n\u001b[31m", 0));
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "7, 7", "5, 5"})
    void bothLimitsOfANumberAreAllowed(String text, int expected) {
        assertEquals(expected, Values.number(text, "a digit", 3, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "8", ""})
    void aNumberBeyondTheLimitsIsRefused(String text) {
        assertRefused("'" + text + "' is not a digit (3 to 7)", () -> Values.number(text, "a digit", 3, 7));
    }

    @Test
    void nineDigitsAreANumber() {
        assertEquals(999_999_999, Values.number("999999999", "a number", 0, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({
        "1, PT1S",
        "1s, PT1S",
        "200ms, PT0.2S",
        "2m, PT2M",
        "1.5, PT1.5S",
        "1.5s, PT1.5S",
        "0.5ms, PT0.0005S",
        "0.25m, PT15S",
        "001s, PT1S",
        "0.001, PT0.001S",
        "0.000000001s, PT0.000000001S",
        "0.000001ms, PT0.000000001S",
        "1.999999999s, PT1.999999999S",
        "60m, PT1H",
        "3600, PT1H",
        "3600s, PT1H",
        "3600000ms, PT1H",
        "59.999999999m, PT59M59.99999994S",
    })
    void aDurationIsReadInItsUnit(String text, Duration expected) {
        assertEquals(expected, Values.duration(text));
    }

    static String[] noDurations() {
        String tooShortOrLong = "0|0s|0.0|0ms|0.0000001ms|60.000001m|3600.000000001|3600001ms|999999999s|999999999m"
                + "|153722868m|200000000m|307445735m|307445734.562m|614891470m"; // Some overflow nanoseconds.
        String malformed = "|| |-1|+1|-1s|1.|.5|1.5.5|1,5|1e3|1 s| 1s|1s |1S|1h|1us|1sec|s|ms|1000000000ms"
                + "|0.0000000001s|NaN|Infinity|1\uff0e5|1s\n|";
        return (tooShortOrLong + malformed + ARABIC_SEVEN).split("\\|");
    }

    @ParameterizedTest
    @MethodSource("noDurations")
    void whatIsNoDurationIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Values.duration(text));
    }

    @Test
    void theMessageSaysHowADurationIsWritten() {
        assertRefused(
                "'soon\\u0007' is not a duration (such as 200ms, 1.5s, 2m; more than 0, at most an hour)",
                () -> Values.duration("soon\u0007"));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.001S, 1 ms",
        "PT0.2S, 200 ms",
        "PT0.999S, 999 ms",
        "PT1S, 1 s",
        "PT1.5S, 1.5 s",
        "PT10S, 10 s",
        "PT1M40S, 100 s",
        "PT1H, 3600 s",
    })
    void aDurationIsWrittenForPeople(Duration duration, String expected) {
        assertEquals(expected, Printable.duration(duration));
    }

    private static void assertRefused(String message, Runnable parse) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, parse::run).getMessage());
    }
}
