package udp.server.processor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import udp.api.spi.NamedProcessor;

/**
 * {@code upper}: the UTF-8 text in capitals, as {@link String#toUpperCase(Locale)} with {@link Locale#ROOT} makes them,
 * whatever the environment. Malformed UTF-8 becomes U+FFFD, so that the answer is always valid. Thread-safe.
 */
public final class UpperProcessor implements NamedProcessor {
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** For {@link java.util.ServiceLoader}. */
    public UpperProcessor() {}

    @Override
    public String name() {
        return "upper";
    }

    @Override
    public Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
        upperAscii(received, answer);
        if (received.hasRemaining()) {
            // mappings to upper case look at one character at a time, so the text may be cut behind any ASCII
            byte[] rest = new byte[received.remaining()];
            received.get(rest);
            answer.put(new String(rest, UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8));
        }
        return Outcome.REPLY;
    }

    /** Up to the first byte that is not ASCII, and eight bytes a step; by index, which costs less than moving positions. */
    private static void upperAscii(ByteBuffer from, ByteBuffer to) {
        boolean sameOrder = from.order() == to.order();
        int start = from.position();
        int shift = to.position() - start;
        int end = start + Math.min(from.remaining(), to.remaining());
        int i = start;
        for (long word; i <= end - Long.BYTES && ((word = from.getLong(i)) & HIGH_BITS) == 0; i += Long.BYTES) {
            to.putLong(i + shift, upper(sameOrder ? word : Long.reverseBytes(word)));
        }
        for (byte b; i < end && (b = from.get(i)) >= 0; i++) {
            to.put(i + shift, b >= 'a' && b <= 'z' ? (byte) (b - ' ') : b);
        }
        from.position(i);
        to.position(i + shift);
    }

    /** Eight ASCII bytes: adding so that the high bit tells which are at least 'a', and which are past 'z'. */
    private static long upper(long word) {
        long fromA = word + (0x80 - 'a') * 0x0101010101010101L;
        long pastZ = word + (0x80 - 'z' - 1) * 0x0101010101010101L;
        return word - ((fromA & ~pastZ & HIGH_BITS) >>> 2);
    }
}
