package udp.internal.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "a b", "Grüße", "日本", "\ud83d\ude00", "\ufffd", "\\u000a", "'\"", "\u00a0"})
    void harmlessTextStaysInALine(String text) {
        assertEquals(text, Printable.line(text));
    }

    @ParameterizedTest
    @MethodSource("controls")
    void aControlCharacterIsEscapedInALine(int c) {
        assertEquals(String.format(Locale.ROOT, "a\\u%04xb", c), Printable.line("a" + (char) c + "b"));
    }

    static IntStream controls() {
        return IntStream.concat(IntStream.range(0, 0x20), IntStream.rangeClosed(0x7f, 0x9f));
    }

    @ParameterizedTest
    @ValueSource(
            chars = {'\u2028', '\u2029', '\u202e', '\u200b', '\ufeff', '\u2066', '\u00ad', '\ud800', '\udfff', '\ufffe'
            })
    void whatBreaksOrReordersALineIsEscaped(char c) {
        assertEquals(String.format(Locale.ROOT, "a\\u%04xb", (int) c), Printable.line("a" + c + "b"));
    }

    @Test
    void aFormatCharacterOutsideTheBasicPlaneIsEscapedInBraces() {
        assertEquals("\\u{e0001}\ud83d\ude00", Printable.line(Character.toString(0xe0001) + "\ud83d\ude00"));
    }

    @Test
    void escapesDoNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertEquals("\\u000a", Printable.line("\n"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aTerminalGetsLineFeedsAndTabs() {
        assertEquals("a\n\tb\u200d é", terminal("a\n\tb\u200d é"));
    }

    @ParameterizedTest
    @MethodSource("controls")
    void noOtherControlCharacterReachesATerminal(int c) {
        String expected = c == '\n' || c == '\t' ? Character.toString(c) : String.format(Locale.ROOT, "\\u%04x", c);
        assertEquals(expected, terminal(Character.toString(c)));
    }

    @Test
    void noTextReversesATerminal() {
        assertEquals("\\u202ea\\u2066", terminal("\u202ea\u2066"));
    }

    @Test
    void malformedTextReachesATerminalAsReplacementCharacters() {
        assertEquals("a\ufffdb", new String(Printable.terminal("a\u00ffb".getBytes(ISO_8859_1)), UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "0.0.0.0, 0.0.0.0",
        "10.0.0.10, 10.0.0.10",
        "0:0:0:0:0:0:0:0, [::]",
        "0:0:0:0:0:0:0:1, [::1]",
        "1:0:0:0:0:0:0:0, [1::]",
        "1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]",
        // RFC 5952, 4.2.2: one field alone is not shortened
        "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]",
        "0:1:2:3:4:5:6:7, [0:1:2:3:4:5:6:7]",
        "1:2:3:4:5:6:7:0, [1:2:3:4:5:6:7:0]",
        "0:1:0:1:0:1:0:1, [0:1:0:1:0:1:0:1]",
        // RFC 5952, 4.2.3: the longest run
        "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]",
        "2001:0:0:0:1:0:0:1, [2001::1:0:0:1]",
        "0:0:0:1:2:0:0:1, [::1:2:0:0:1]",
        "0:0:1:2:3:0:0:0, [0:0:1:2:3::]",
        // RFC 5952, 4.2.3: the first of equally long runs
        "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]",
        "1:0:0:2:3:4:0:0, [1::2:3:4:0:0]",
        "0:0:1:2:3:4:0:0, [::1:2:3:4:0:0]",
        "0:0:1:0:0:2:3:4, [::1:0:0:2:3:4]",
        "0:0:0:1:0:0:0:2, [::1:0:0:0:2]",
        // RFC 5952, 4.3: lower case
        "2001:DB8:0:0:A:B:C:D, [2001:db8::a:b:c:d]",
        // zeros within a field
        "100:0:0:10:20:30:40:50, [100::10:20:30:40:50]",
        "10:20:30:40:50:60:0:0, [10:20:30:40:50:60::]",
    })
    void anAddressIsWrittenAsInRfc5952(String address, String expected) throws UnknownHostException {
        assertEquals(
                expected + ":50007", Printable.address(new InetSocketAddress(InetAddress.getByName(address), 50007)));
    }

    @ParameterizedTest
    @CsvSource({"1, fe80::1%5", "0, fe80::%5"})
    void theScopeOfALinkLocalAddressStays(byte last, String expected) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) 0xfe;
        bytes[1] = (byte) 0x80;
        bytes[15] = last;
        InetAddress address = Inet6Address.getByAddress(null, bytes, 5);
        assertEquals("[" + expected + "]:1", Printable.address(new InetSocketAddress(address, 1)));
    }

    @Test
    void theNameThatAnAddressWasLookedUpByIsLeftOut() throws UnknownHostException {
        InetAddress named = InetAddress.getByAddress("a.example", new byte[] {10, 0, 0, 1});
        assertEquals("10.0.0.1:80", Printable.address(new InetSocketAddress(named, 80)));
    }

    @Test
    void anUnresolvedAddressIsItsNameEscaped() {
        assertEquals("a.example:80", Printable.address(InetSocketAddress.createUnresolved("a.example", 80)));
        assertEquals("a\\u000ab:80", Printable.address(InetSocketAddress.createUnresolved("a\nb", 80)));
    }

    @ParameterizedTest
    @CsvSource({"a.example, a.example:7", "127.0.0.1, 127.0.0.1:7", "::1, [::1]:7", "fe80::1%eth0, [fe80::1%eth0]:7"})
    void anEndpointHasBracketsAroundIpv6(String host, String expected) {
        assertEquals(expected, Printable.endpoint(host, 7));
    }

    private static String terminal(String text) {
        return new String(Printable.terminal(text.getBytes(UTF_8)), UTF_8);
    }
}
