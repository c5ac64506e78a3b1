package udp.internal.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import udp.internal.text.Printable;

/** The beginning of a datagram, for people. */
public final class Excerpt {
    private static final int MOST_BYTES_OF_A_CHARACTER = 4;

    private Excerpt() {}

    /**
     * The beginning of a text.
     *
     * @param data UTF-8, or any other bytes
     * @param most how many characters of it to show, at least 0
     * @return such as {@code "hello, world"} or, if there is more, {@code "hello, "...}; harmless to print
     */
    public static String of(byte[] data, int most) {
        int bytes = Math.min(data.length, (most + 1) * MOST_BYTES_OF_A_CHARACTER);
        String text = new String(data, 0, bytes, UTF_8);
        if (text.codePointCount(0, text.length()) <= most) {
            return '"' + Printable.line(text) + '"';
        }
        return '"' + Printable.line(text.substring(0, text.offsetByCodePoints(0, most))) + "\"...";
    }

    /**
     * How large it is.
     *
     * @param data the bytes
     * @return such as {@code 12 bytes}
     */
    public static String size(byte[] data) {
        return data.length == 1 ? "1 byte" : data.length + " bytes";
    }
}
