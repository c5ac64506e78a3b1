package udp.internal.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.function.IntPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes what a peer sent harmless to print. */
public final class Printable {
    private static final String ZEROS = "(?:^|:)0(?::0)+(?:$|:|(?=%))";

    private Printable() {}

    /**
     * For one line of a log or a message: control, format and line-separator characters and unpaired surrogates become
     * escapes such as {@code \}{@code u000a}.
     *
     * @param text any text
     * @return text without line breaks or anything that changes how the rest is shown
     */
    public static String line(String text) {
        if (isPlain(text)) { // by far the most, and the rest takes long to load
            return text;
        }
        return escaped(text, c -> switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        });
    }

    /**
     * For a terminal: control characters that could drive it become escapes; tabs and ends of lines stay.
     *
     * @param utf8 any bytes; malformed UTF-8 becomes U+FFFD
     * @return UTF-8
     */
    public static byte[] terminal(byte[] utf8) {
        String[] lines = new String(utf8, UTF_8).split("(?<=\n)|(?=\r\n)", -1);
        return Stream.of(lines)
                .map(part -> part.equals("\r\n")
                        ? part
                        : escaped(part, c -> Character.isISOControl(c) && c != '\n' && c != '\t'))
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    /**
     * An address as people write it.
     *
     * @param address resolved or not
     * @return such as {@code 127.0.0.1:50007} or {@code [::1]:50007} (RFC 5952)
     */
    public static String address(InetSocketAddress address) {
        return address.isUnresolved()
                ? endpoint(line(address.getHostString()), address.getPort())
                : endpoint(address(address.getAddress()), address.getPort());
    }

    /**
     * An address without a port as people write it.
     *
     * @param address the address
     * @return such as {@code 127.0.0.1} or {@code ::1} (RFC 5952)
     */
    public static String address(InetAddress address) {
        return shortest(address.getHostAddress());
    }

    /**
     * A host and a port.
     *
     * @param host a name or an address
     * @param port the port
     * @return both with a colon between, an IPv6 address in brackets
     */
    public static String endpoint(String host, int port) {
        return (host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]") + ":" + port;
    }

    /** Returns a failure in words: its message; or its kind, if it has none or the message is only the name of a file. */
    public static String failure(Throwable failure) {
        String message = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        String kind = name.isEmpty() ? failure.getClass().getName() : name; // an anonymous class has no simple name
        if (message == null || message.isBlank()) {
            return kind;
        }
        boolean isFileAlone = failure instanceof FileSystemException file && file.getReason() == null;
        return isFileAlone ? message + " (" + kind + ")" : message;
    }

    /** Returns a duration in words, such as {@code 200 ms} or {@code 1.5 s}. */
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        return millis < 1000
                ? millis + " ms"
                : BigDecimal.valueOf(millis / 100, 1).stripTrailingZeros().toPlainString() + " s";
    }

    /** Replaces the longest run of zeros in an IPv6 address. */
    private static String shortest(String address) {
        return Pattern.compile(ZEROS)
                .matcher(address)
                .results()
                .reduce((first, next) -> zeros(next) > zeros(first) ? next : first)
                .map(run -> address.substring(0, run.start()) + "::" + address.substring(run.end()))
                .orElse(address);
    }

    private static long zeros(MatchResult run) {
        return run.group().chars().filter(c -> c == '0').count();
    }

    private static String escaped(String text, IntPredicate unsafe) {
        if (text.codePoints().noneMatch(unsafe)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (!unsafe.test(c)) {
                escaped.appendCodePoint(c);
            } else if (c <= 0xffff) {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.append(String.format("\\u{%x}", c));
            }
        });
        return escaped.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
