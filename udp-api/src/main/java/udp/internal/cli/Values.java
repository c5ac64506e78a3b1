package udp.internal.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import udp.internal.text.Printable;

/** Parsers of option values. All throw {@link IllegalArgumentException} with a message for the user. */
public final class Values {
    private Values() {}

    /** Returns the name of a host, an address, a transport or a processor, which must not be blank. */
    public static String name(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return text;
    }

    /** Returns a message, unless the JVM, which decodes arguments by the locale, has put U+FFFD for what was typed. */
    public static String message(String text) {
        if (text.indexOf('\ufffd') >= 0) {
            throw new IllegalArgumentException(
                    "the message has characters that the locale does not cover; pass it on standard input instead");
        }
        return text;
    }

    /** Returns a port number, at least 1, or 0 where the system may choose. */
    public static int port(String text, int min) {
        return number(text, "a port number", min, 65535);
    }

    /** Returns a whole number of a kind that the message names, from {@code min} (at least 0) to {@code max}. */
    public static int number(String text, String kind, int min, int max) {
        int number = text.length() <= 9 && isDigits(text) ? Integer.parseInt(text) : -1;
        if (number < min || number > max) {
            throw refusal(text, kind + " (" + min + " to " + max + ")");
        }
        return number;
    }

    /** Returns whether a text has at least one character and nothing but the digits 0 to 9. */
    public static boolean isDigits(String text) {
        return !text.isEmpty() && Printable.isWithin(text, '0', '9');
    }

    /** Returns a duration such as {@code 200ms}, {@code 1.5s} or {@code 2m}; a number without a unit is seconds. */
    public static Duration duration(String text) {
        Matcher matcher =
                Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m)?").matcher(text);
        // Not a constant: that would initialize BigDecimal in each run, which can take longer than an exchange.
        BigDecimal maxNanos = new BigDecimal("3600e9");
        BigDecimal nanos = BigDecimal.ZERO;
        if (matcher.matches()) {
            String unit = matcher.group(2);
            String nanosPerUnit = "ms".equals(unit) ? "1e6" : "m".equals(unit) ? "60e9" : "1e9";
            nanos = new BigDecimal(matcher.group(1)).multiply(new BigDecimal(nanosPerUnit));
        }
        if (nanos.compareTo(BigDecimal.ONE) < 0 || nanos.compareTo(maxNanos) > 0) {
            throw refusal(text, "a duration (such as 200ms, 1.5s, 2m; more than 0, at most an hour)");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    static IllegalArgumentException refusal(String text, String expected) {
        return new IllegalArgumentException("'" + Printable.line(text) + "' is not " + expected);
    }
}
