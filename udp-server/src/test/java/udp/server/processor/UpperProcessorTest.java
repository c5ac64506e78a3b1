package udp.server.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor.Outcome;
import udp.test.ScriptedTransport;

/** The tests that the fast ASCII part gives what {@link String} gives, and knows where it must stop. */
class UpperProcessorTest {
    private final UpperProcessor upper = new UpperProcessor();
    private final ByteBuffer request = ByteBuffer.allocate(2048);
    private final ByteBuffer reply = ByteBuffer.allocateDirect(4096);

    @Test
    void eachCodePointIsAsInAString() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String character = Character.toString(c); // A surrogate becomes a question mark.
            assertAsString(character.getBytes(UTF_8));
            assertAsString(("abcdefghi" + character + "\u03c3 z\u0307i" + character + "q").getBytes(UTF_8));
        }
    }

    @Test
    void eachByteAtEachPlaceOfAWordIsAsInAString() {
        for (int place = 0; place < 8; place++) {
            for (int value = 0; value < 256; value++) {
                byte[] message = "az{`AZ[@".getBytes(UTF_8);
                message[place] = (byte) value;
                assertAsString(message);
            }
        }
    }

    @Test
    void eachLengthBeforeAndAfterAnotherCharacterIsAsInAString() {
        for (String special : new String[] {"", "\u00fc", "\u00df", "\u65e5", "\ud83d\ude00", "\u0149"}) {
            for (int before = 0; before <= 40; before++) {
                for (int after = 0; before + after <= 40; after++) {
                    assertAsString((ascii(before) + special + ascii(after)).getBytes(UTF_8));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // a continuation without a start
                "c3", // a start at the end
                "c361", // a start without its continuation
                "c0af", // overlong
                "eda0bdedb880", // a pair of surrogates (CESU-8)
                "f09f9861", // three of four bytes
                "f4908080", // beyond the last code point
                "ff", // no UTF-8 byte
                "c3c3a9", // a start before a character
            })
    void malformedUtf8IsAsInAString(String hex) {
        byte[] wrong = HexFormat.of().parseHex(hex);
        for (int before = 0; before <= 17; before++) {
            for (int after : new int[] {0, 1, 7, 8, 9}) {
                ByteBuffer message = ByteBuffer.allocate(before + wrong.length + after);
                message.put(ascii(before).getBytes(UTF_8))
                        .put(wrong)
                        .put(ascii(after).getBytes(UTF_8));
                assertAsString(message.array());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "az", "lt", "el", "de"})
    void theLocaleOfTheSystemDoesNotMatter(String language) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            assertEquals("TITLE I\u0307 \u0399", upper("title i\u0307 \u03b9"));
            assertEquals("\u00dcI", upper("\u00fci"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void onlyTheBytesBetweenPositionAndLimitCount(boolean directIn, boolean directOut) {
        for (int offset = 0; offset < 9; offset++) {
            ByteBuffer in = directIn ? ByteBuffer.allocateDirect(64) : ByteBuffer.allocate(64);
            ByteBuffer out = directOut ? ByteBuffer.allocateDirect(64) : ByteBuffer.allocate(64);
            in.put("x".repeat(64).getBytes(UTF_8)).position(offset);
            in.put("hello world, gr\u00fc\u00dfe".getBytes(UTF_8)).flip().position(offset);
            out.put(">".repeat(offset).getBytes(UTF_8));
            ByteBuffer text = offset % 2 == 0 ? in : in.slice();
            assertEquals(Outcome.REPLY, upper.process(text, out, ScriptedTransport.PEER));
            assertEquals(
                    ">".repeat(offset) + "HELLO WORLD, GR\u00dcSSE",
                    UTF_8.decode(out.flip()).toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"BIG_ENDIAN, LITTLE_ENDIAN", "LITTLE_ENDIAN, BIG_ENDIAN", "LITTLE_ENDIAN, LITTLE_ENDIAN"})
    void theByteOrdersOfTheBuffersDoNotMatter(String in, String out) {
        request.order(order(in));
        reply.order(order(out));
        assertEquals("HELLO WORLD", upper("hello world"));
    }

    private static ByteOrder order(String name) {
        return name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private void assertAsString(byte[] message) {
        byte[] expected = new String(message, UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8);
        byte[] actual = process(message);
        if (!Arrays.equals(expected, actual)) { // Calling the assertion each time would take most of the time.
            assertArrayEquals(expected, actual, () -> HexFormat.of().formatHex(message));
        }
    }

    private String upper(String text) {
        return new String(process(text.getBytes(UTF_8)), UTF_8);
    }

    private byte[] process(byte[] message) {
        upper.process(request.clear().put(message).flip(), reply.clear(), ScriptedTransport.PEER);
        byte[] bytes = new byte[reply.flip().remaining()];
        reply.get(bytes);
        return bytes;
    }

    private static String ascii(int length) {
        return "Hello, world! The quick brown fox jumps over {it}".substring(0, length);
    }
}
