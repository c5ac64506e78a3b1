package udp.internal.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts for people and for their files, in which nothing that others wrote does harm. */
public final class Printable {
    /** Control and format characters, ends of lines, and what UTF-8 or XML 1.0 cannot carry. */
    private static final String UNSAFE = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{IsNoncharacter_Code_Point}]";

    /** Control characters but tabs and ends of lines, and what changes the order of the characters that follow. */
    private static final String DRIVING = "(?!\r\n)[\\p{Cc}\u202a-\u202e\u2066-\u2069&&[^\n\t]]";

    private Printable() {}

    /** Returns one line: what breaks it or changes how the rest is shown becomes an escape like {@code \}{@code u000a}. */
    public static String line(String text) {
        return isWithin(text, ' ', '~') ? text : escape(text, UNSAFE);
    }

    /** Returns lines, in which tabs are spaces, and all else is as in {@link #line}. */
    public static String lines(String text) {
        return text.lines().map(line -> line(line.replace("\t", "    "))).collect(Collectors.joining("\n"));
    }

    /** Returns UTF-8 for a terminal: what drives it or reorders its text becomes escapes. */
    public static byte[] terminal(byte[] utf8) {
        return escape(new String(utf8, UTF_8), DRIVING).getBytes(UTF_8);
    }

    /** Returns an address as people write it, such as {@code 127.0.0.1:50007} or {@code [::1]:50007} (RFC 5952). */
    public static String address(InetSocketAddress address) {
        String host = address.isUnresolved() ? line(address.getHostString()) : address(address.getAddress());
        return endpoint(host, address.getPort());
    }

    /** Returns an address without a port: the longest run of zeros in an IPv6 address becomes {@code ::} (RFC 5952). */
    public static String address(InetAddress address) {
        String[] parts = address.getHostAddress().split("(?=%)"); // The address, and perhaps its scope.
        String fields = ":" + parts[0] + ":";
        String zeros = ":0:0:0:0:0:0:0:0:";
        while (!fields.contains(zeros) && !zeros.equals(":0:")) {
            zeros = zeros.substring(2);
        }
        String shortened = zeros.equals(":0:") ? fields : fields.replaceFirst(zeros, "::");
        parts[0] = shortened.replaceAll("^:(?!:)|(?<!:):$", "");
        return String.join("", parts);
    }

    /** Returns a host and a port with a colon between; an IPv6 address is in brackets. */
    public static String endpoint(String host, int port) {
        return (host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]") + ":" + port;
    }

    /** Returns the message of a failure; with its kind if the message is missing or is only the name of a file. */
    public static String failure(Throwable failure) {
        String message = failure.getMessage();
        String kind = failure.getClass().getName().replaceAll(".*\\.", ""); // The simple name may be empty.
        if (message == null || message.isBlank()) {
            return kind;
        }
        boolean isFileAlone = failure instanceof FileSystemException file && file.getReason() == null;
        return isFileAlone ? message + " (" + kind + ")" : message;
    }

    /** Returns a duration such as {@code 200 ms} or {@code 1.5 s}. */
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        BigDecimal seconds = BigDecimal.valueOf(millis / 100, 1);
        return millis < 1000 ? millis + " ms" : seconds.stripTrailingZeros().toPlainString() + " s";
    }

    /** Returns whether all characters of a text, perhaps none, are between two. */
    public static boolean isWithin(String text, char first, char last) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < first || text.charAt(i) > last) {
                return false;
            }
        }
        return true;
    }

    private static String escape(String text, String unsafe) {
        return Pattern.compile(unsafe).matcher(text).replaceAll(match -> {
            int c = match.group().codePointAt(0);
            return String.format(Locale.ROOT, c <= 0xffff ? "\\\\u%04x" : "\\\\u{%x}", c);
        });
    }
}
