package udp.server.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor.Outcome;
import udp.test.ScriptedTransport;

/** Compared with the plain version, {@code new String(bytes, UTF_8).toUpperCase(Locale.ROOT)}. */
class UpperProcessorTest {
    private final UpperProcessor upper = new UpperProcessor();
    private final ByteBuffer received = ByteBuffer.allocate(2048);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(4096);

    @Test
    void everyCodePointAloneIsAsInAString() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            assertAsString(Character.toString(c).getBytes(UTF_8)); // a surrogate becomes a question mark
        }
    }

    @Test
    void everyCodePointBetweenOthersIsAsInAString() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            assertAsString(("abcdefghi" + Character.toString(c) + "\u03c3 z\u0307i" + Character.toString(c) + "q")
                    .getBytes(UTF_8));
        }
    }

    @Test
    void everyByteAtEveryPlaceOfAWordIsAsInAString() {
        for (int place = 0; place < 8; place++) {
            for (int value = 0; value < 256; value++) {
                byte[] message = "az{`AZ[@".getBytes(UTF_8);
                message[place] = (byte) value;
                assertAsString(message);
            }
        }
    }

    @Test
    void everyLengthAndPlaceOfACharacterThatIsNotAsciiIsAsInAString() {
        for (String special : new String[] {"", "\u00fc", "\u00df", "\u65e5", "\ud83d\ude00", "\u0149"}) {
            for (int before = 0; before <= 40; before++) {
                for (int after = 0; before + after <= 40; after++) {
                    assertAsString((ascii(before) + special + ascii(after)).getBytes(UTF_8));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // malformed UTF-8 by kind
        "80, a continuation without a start",
        "bf80, two of them",
        "c3, a start of two at the end",
        "c361, a start of two without its continuation",
        "c0af, an overlong slash",
        "c1bf, overlong ASCII",
        "e0, a start of three at the end",
        "e0a0, three cut after two",
        "e08080, overlong in three",
        "e09fbf, overlong in three",
        "e2289f, three with a wrong second",
        "e282, three cut",
        "e28261, three with a wrong third",
        "eda080, a high surrogate",
        "edbfbf, a low surrogate",
        "eda0bdedb880, a pair of surrogates (CESU-8)",
        "f0, a start of four at the end",
        "f09f, four cut after two",
        "f09f98, four cut after three",
        "f09f9861, four with a wrong fourth",
        "f0808080, overlong in four",
        "f48fbfc0, four with a wrong end",
        "f4908080, beyond the last code point",
        "f5808080, a start beyond the last",
        "f888808080, five bytes",
        "fc8480808080, six bytes",
        "fe, no UTF-8 byte",
        "ff, no UTF-8 byte",
        "c3c3a9, a start before a character",
        "feff0061, UTF-16",
    })
    void malformedUtf8IsAsInAString(String hex, String kind) {
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

    @Test
    void allPairsOfBytesAreAsInAString() {
        for (int pair = 0; pair < 0x10000; pair++) {
            assertAsString(new byte[] {'a', (byte) (pair >> 8), (byte) pair, 'z'});
        }
    }

    @Test
    void randomBytesAreAsInAString() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] message = new byte[random.nextInt(64)];
            random.nextBytes(message);
            assertAsString(message);
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

    @Test
    void anEmptyMessageHasAnEmptyAnswer() {
        assertEquals("", upper(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb\n", "\0", "a\0\0b\0", "abcdefg\n\0ijklmnop\t", " \u00fc\0\n"})
    void lineBreaksAndNulsStay(String text) {
        assertEquals(text.toUpperCase(Locale.ROOT), upper(text));
    }

    @Test
    void whatGrowsIsNotCut() {
        assertEquals("SSSSSS", upper("\u00df\u00df\u00df"));
        assertEquals("\u0399\u0308\u0301", upper("\u0390"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u00fc"})
    void anAnswerThatDoesNotFitOverflows(String end) {
        byte[] message = ("abcdefghij" + end).getBytes(UTF_8);
        for (int room = 0; room < message.length; room++) {
            ByteBuffer small = ByteBuffer.allocate(room);
            assertThrows(
                    BufferOverflowException.class,
                    () -> upper.process(ByteBuffer.wrap(message), small, ScriptedTransport.PEER));
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void onlyWhatLiesBetweenPositionAndLimitCounts(boolean directIn, boolean directOut) {
        for (int offset = 0; offset < 9; offset++) {
            ByteBuffer in = directIn ? ByteBuffer.allocateDirect(64) : ByteBuffer.allocate(64);
            ByteBuffer out = directOut ? ByteBuffer.allocateDirect(64) : ByteBuffer.allocate(64);
            in.put("x".repeat(64).getBytes(UTF_8)).position(offset);
            in.put("hello world, gr\u00fc\u00dfe".getBytes(UTF_8)).flip().position(offset);
            out.put(">".repeat(offset).getBytes(UTF_8));
            assertEquals(Outcome.REPLY, upper.process(in, out, ScriptedTransport.PEER));
            assertEquals(
                    ">".repeat(offset) + "HELLO WORLD, GR\u00dcSSE",
                    UTF_8.decode(out.flip()).toString());
            assertEquals(64, in.capacity());
        }
    }

    @Test
    void aSliceOfAnArrayIsReadFromItsStart() {
        ByteBuffer slice =
                ByteBuffer.wrap("xxxhello world".getBytes(UTF_8)).position(3).slice();
        upper.process(slice, answer, ScriptedTransport.PEER);
        assertEquals("HELLO WORLD", UTF_8.decode(answer.flip()).toString());
    }

    @ParameterizedTest
    @CsvSource({"BIG_ENDIAN, LITTLE_ENDIAN", "LITTLE_ENDIAN, BIG_ENDIAN", "LITTLE_ENDIAN, LITTLE_ENDIAN"})
    void theByteOrdersOfTheBuffersDoNotMatter(String in, String out) {
        received.order(order(in));
        answer.order(order(out));
        assertEquals("HELLO WORLD", upper("hello world"));
    }

    private static ByteOrder order(String name) {
        return name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private void assertAsString(byte[] message) {
        byte[] expected = new String(message, UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8);
        byte[] actual = process(message);
        if (!Arrays.equals(expected, actual)) { // the assertion alone would take most of the time
            assertArrayEquals(expected, actual, () -> HexFormat.of().formatHex(message));
        }
    }

    private String upper(String text) {
        return new String(process(text.getBytes(UTF_8)), UTF_8);
    }

    private byte[] process(byte[] message) {
        Outcome outcome = upper.process(received.clear().put(message).flip(), answer.clear(), ScriptedTransport.PEER);
        if (outcome != Outcome.REPLY) {
            throw new AssertionError(outcome);
        }
        byte[] bytes = new byte[answer.flip().remaining()];
        answer.get(bytes);
        return bytes;
    }

    private static String ascii(int length) {
        return "Hello, world! The quick brown fox jumps over {it}".substring(0, length);
    }
}
