package udp.client.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineReaderTest {
    private static final int LIMIT = 5;

    static Stream<Arguments> inputs() {
        return Stream.of(
                input("nothing", ""),
                input("one line", "abc\n", "abc"),
                input("two lines", "abc\ndef\n", "abc", "def"),
                input("CR LF", "abc\r\ndef\r\n", "abc", "def"),
                input("last line without its end", "abc\ndef", "abc", "def"),
                input("an empty line", "\n", ""),
                input("an empty line between two", "a\n\nb\n", "a", "", "b"),
                input("an empty line that ends in CR LF", "\r\n", ""),
                input("a lone CR", "a\rb\n", "a\rb"),
                input("a CR at the start", "\rab\n", "\rab"),
                input("two CRs before the LF", "a\r\r\n", "a\r"),
                input("a CR at the end of the input", "ab\r", "ab\r"),
                input("nothing but a CR", "\r", "\r"),
                input("LF CR", "a\n\rb\n", "a", "\rb"),
                input("NULs", "\0a\0\n\0\n", "\0a\0", "\0"),
                input("invalid UTF-8", "\u00ff\u00c3\n\u0080\n", "\u00ff\u00c3", "\u0080"),
                input("UTF-8", "\u00c3\u00a4\n", "\u00c3\u00a4"),
                input("the longest line", "12345\nb\n", "12345", "b"),
                input("the longest line, with CR LF", "12345\r\nb\r\n", "12345", "b"),
                input("one byte too long", "123456\nb\n", "123456", "b"),
                input("much too long", "123456789\nb\n", "123456", "b"),
                input("much too long, without an end", "123456789", "123456"),
                input("much too long, with CR LF", "123456789\r\nb\r\n", "123456", "b"),
                input("too long by a lone CR", "12345\rx\nb\n", "12345\r", "b"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void inputIsCutIntoLines(String name, String input, List<String> lines) throws IOException {
        assertEquals(lines, read(new ByteArrayInputStream(input.getBytes(ISO_8859_1))));
    }

    @Test
    void theEndOfTheInputStaysTheEnd() throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream(new byte[] {'a'}), LIMIT);
        reader.next();
        assertNull(reader.next());
        assertNull(reader.next());
    }

    @Test
    void aFailureOfTheInputIsThrown() {
        IOException failure = new IOException("unplugged");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        };
        assertSame(failure, assertThrows(IOException.class, () -> new LineReader(failing, LIMIT).next()));
    }

    private static List<String> read(InputStream in) throws IOException {
        LineReader reader = new LineReader(in, LIMIT);
        List<String> lines = new ArrayList<>();
        byte[] line;
        while ((line = reader.next()) != null) {
            lines.add(new String(line, ISO_8859_1));
        }
        return lines;
    }

    private static Arguments input(String name, String input, String... lines) {
        return Arguments.of(name, input, List.of(lines));
    }
}
