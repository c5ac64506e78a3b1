package udp.internal.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import udp.internal.text.Printable;

/** Values of options as text. All methods throw {@link IllegalArgumentException} with a message for the user. */
public final class Values {
    private static final String DURATION = "([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m)?";
    private static final Duration LONGEST = Duration.ofHours(1);

    private Values() {}

    /**
     * A name: of a host, an address, a transport, a processor.
     *
     * @param text the text
     * @return the text, which is not blank
     */
    public static String name(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return text;
    }

    /**
     * A message given as an argument. The JVM decodes arguments by the locale and puts U+FFFD where it cannot: the bytes
     * are lost then.
     *
     * @param text the text
     * @return the text, which is what was typed
     */
    public static String message(String text) {
        if (text.indexOf('\ufffd') >= 0) {
            throw new IllegalArgumentException(
                    "the message has characters that the locale does not cover; pass it on standard input instead");
        }
        return text;
    }

    /**
     * A port number.
     *
     * @param text the text
     * @param lowest 0 where the system may choose, else 1
     * @return the port, up to 65535
     */
    public static int port(String text, int lowest) {
        return number(text, "a port number", lowest, 65535);
    }

    /**
     * A whole number.
     *
     * @param text the text
     * @param kind what it is, for the message
     * @param lowest the lowest one allowed, at least 0
     * @param highest the highest one allowed
     * @return the number
     */
    public static int number(String text, String kind, int lowest, int highest) {
        if (text.length() <= 9 && isDigits(text)) {
            int number = Integer.parseInt(text);
            if (number >= lowest && number <= highest) {
                return number;
            }
        }
        throw new IllegalArgumentException(
                "'" + Printable.line(text) + "' is not " + kind + " (" + lowest + " to " + highest + ")");
    }

    /**
     * Whether a text is nothing but the digits 0 to 9.
     *
     * @param text the text
     * @return false if it is empty, too
     */
    public static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /**
     * A duration, such as {@code 200ms}, {@code 1.5s}, {@code 2m}; a bare number is seconds.
     *
     * @param text the text
     * @return the duration, more than 0 and at most an hour
     */
    public static Duration duration(String text) {
        Matcher matcher = Pattern.compile(DURATION).matcher(text);
        if (matcher.matches()) {
            String unit = matcher.group(2) == null ? "s" : matcher.group(2);
            long nanosPerUnit = switch (unit) {
                case "ms" -> 1_000_000L;
                case "s" -> 1_000_000_000L;
                default -> 60_000_000_000L;
            };
            BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanosPerUnit));
            if (nanos.compareTo(BigDecimal.ONE) >= 0 && nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) <= 0) {
                return Duration.ofNanos(nanos.longValue());
            }
        }
        throw new IllegalArgumentException("'" + Printable.line(text)
                + "' is not a duration (such as 200ms, 1.5s, 2m; more than 0, at most an hour)");
    }
}
