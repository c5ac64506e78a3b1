package udp.internal.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import udp.internal.text.Printable;

/** The beginning of a datagram, for people. */
public final class Excerpt {
    private static final int MAX_BYTES_OF_A_CHARACTER = 4;

    private Excerpt() {}

    /** Returns at most so many characters of UTF-8, such as {@code "hello, world"} or, if cut, {@code "hello, "...}. */
    public static String of(byte[] data, int max) {
        int bytes = Math.min(data.length, (max + 1) * MAX_BYTES_OF_A_CHARACTER);
        String text = new String(data, 0, bytes, UTF_8);
        boolean isWhole = text.codePointCount(0, text.length()) <= max;
        String shown = isWhole ? text : text.substring(0, text.offsetByCodePoints(0, max));
        return '"' + Printable.line(shown) + (isWhole ? "\"" : "\"...");
    }

    /** Returns the size, such as {@code 12 bytes}. */
    public static String size(byte[] data) {
        return data.length == 1 ? "1 byte" : data.length + " bytes";
    }
}
