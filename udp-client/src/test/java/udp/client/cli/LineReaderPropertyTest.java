package udp.client.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Any bytes, in pieces of any size, are cut into the same lines as by the simplest code. */
class LineReaderPropertyTest {
    @Property
    void anyBytesAreCutIntoLines(
            @ForAll("inputs") byte[] input,
            @ForAll @IntRange(max = 20) int limit,
            @ForAll @IntRange(min = 1, max = 9) int maxPiece)
            throws IOException {
        LineReader reader = new LineReader(inPieces(maxPiece, input), limit);
        List<String> lines = new ArrayList<>();
        byte[] line;
        while ((line = reader.next()) != null) {
            lines.add(new String(line, ISO_8859_1));
        }
        assertEquals(simply(new String(input, ISO_8859_1), limit), lines);
    }

    private static List<String> simply(String input, int limit) {
        List<String> lines =
                new ArrayList<>(List.of(input.replaceAll("\r\n", "\n").split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) { // Nothing follows the last line feed.
            lines.remove(lines.size() - 1);
        }
        lines.replaceAll(line -> line.length() > limit ? line.substring(0, limit + 1) : line);
        return lines;
    }

    private static InputStream inPieces(int maxPiece, byte[] input) {
        return new ByteArrayInputStream(input) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(maxPiece, length));
            }
        };
    }

    @Provide
    Arbitrary<byte[]> inputs() {
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.just((byte) '\n')),
                        Tuple.of(1, Arbitraries.just((byte) '\r')),
                        Tuple.of(3, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(100);
    }
}
