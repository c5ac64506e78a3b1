package udp.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** The messages that tests send. Those to be replied to differ in each run, so that no table of replies is right. */
public final class TestMessages {
    /** Not UTF-8: a lone lead byte, a lone continuation, an overlong form, a surrogate, one beyond the last, one cut off. */
    public static final List<byte[]> MALFORMED = List.of(
            bytes(0xff),
            bytes('a', 0xc3),
            bytes(0x80, 'a'),
            bytes(0xc0, 0xaf),
            bytes(0xed, 0xa0, 0x80),
            bytes(0xf4, 0x90, 0x80, 0x80),
            bytes(0xe4, 0xbd));

    private static final int SYLLABLES = 3;

    private static volatile long seed =
            Long.getLong("udp.seed", ThreadLocalRandom.current().nextInt(1_000_000_000));

    private TestMessages() {}

    /** Returns the number that the words of all messages follow from: the property {@code udp.seed}, or any. */
    public static long seed() {
        return seed;
    }

    /** Sets the number that the words follow from, to repeat a run. */
    public static void setSeed(long number) {
        seed = number;
    }

    /** Returns the text and a word that nobody knows before the run, always the same for the same text. */
    public static String fresh(String text) {
        Random random = new Random(31 * seed + text.hashCode());
        StringBuilder fresh = new StringBuilder(text).append(' ');
        for (int i = 0; i < SYLLABLES; i++) {
            fresh.append("bdfghklmnprstvwz".charAt(random.nextInt(16))).append("aeiou".charAt(random.nextInt(5)));
        }
        return fresh.toString();
    }

    /** Returns messages that must not end a server. */
    public static List<byte[]> hostile() {
        List<byte[]> all = new ArrayList<>(MALFORMED);
        all.add(new byte[1]);
        all.add(new byte[100]);
        for (int size = 1; size <= 4096; size *= 16) {
            byte[] random = new byte[size];
            new Random(size).nextBytes(random);
            all.add(random);
        }
        return all;
    }

    /** Returns fresh text in which every place is known by what stands there. */
    public static byte[] ofSize(int size) {
        StringBuilder text = new StringBuilder(fresh("").strip()).append(' ');
        while (text.length() < size) {
            text.append("from ").append(text.length()).append(' ');
        }
        return Arrays.copyOf(text.toString().getBytes(UTF_8), size);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
