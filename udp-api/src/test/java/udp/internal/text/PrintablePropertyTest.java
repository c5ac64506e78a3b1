package udp.internal.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import udp.internal.cli.PropertyTexts;

/** Whatever a peer sends, nothing of it drives a terminal or forges a line. */
class PrintablePropertyTest {
    private static final Pattern UNSAFE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{IsNoncharacter_Code_Point}]");
    private static final Pattern DRIVING = Pattern.compile("(?![\n\t]|\r\n)[\\p{Cc}\u202a-\u202e\u2066-\u2069]");

    @Provide
    Arbitrary<String> texts() {
        return PropertyTexts.any();
    }

    @Property
    void aLineHasNothingUnsafe(@ForAll("texts") String text) {
        String line = Printable.line(text);
        assertFalse(UNSAFE.matcher(line).find(), line);
        assertEquals(line, Printable.line(line));
    }

    @Property
    void aLineKeepsWhatIsHarmless(@ForAll("texts") String text) {
        String harmless = UNSAFE.matcher(text).replaceAll("");
        assertEquals(harmless, Printable.line(harmless));
        assertTrue(Printable.line(text).length() >= harmless.length());
    }

    @Property
    void aTerminalIsNotDriven(@ForAll byte[] bytes) {
        assertNotDriven(bytes);
    }

    @Property
    void aTerminalIsNotDrivenByText(@ForAll("texts") String text) {
        assertNotDriven(text.getBytes(UTF_8));
    }

    private static void assertNotDriven(byte[] bytes) {
        byte[] printed = Printable.terminal(bytes);
        String text = new String(printed, UTF_8);
        assertFalse(DRIVING.matcher(text).find(), text);
        assertArrayEquals(printed, Printable.terminal(printed));
        if (!DRIVING.matcher(new String(bytes, UTF_8)).find()) {
            assertEquals(new String(bytes, UTF_8), text);
        }
    }

    @Property
    void anAddressIsReadAsWhatItWas(@ForAll("addresses") byte[] bytes, @ForAll @IntRange(max = 65_535) int port)
            throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        String written = Printable.address(new InetSocketAddress(address, port));
        int colon = written.lastIndexOf(':');
        assertEquals(Integer.toString(port), written.substring(colon + 1));
        assertEquals(address, InetAddress.getByName(written.substring(0, colon)), written);
    }

    @Provide
    Arbitrary<byte[]> addresses() {
        Arbitrary<Byte> octets =
                Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just((byte) 0)), Tuple.of(1, Arbitraries.bytes()));
        return Arbitraries.oneOf(
                octets.array(byte[].class).ofSize(4), octets.array(byte[].class).ofSize(16));
    }
}
