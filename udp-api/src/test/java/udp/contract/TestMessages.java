package udp.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The messages that tests send. */
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

    private TestMessages() {}

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

    /** Returns text in which every place is known by what stands there. */
    public static byte[] ofSize(int size) {
        StringBuilder text = new StringBuilder();
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
