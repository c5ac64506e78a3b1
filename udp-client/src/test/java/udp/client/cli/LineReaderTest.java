package udp.client.cli;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** The tests of the end of the input. {@link LineReaderPropertyTest} has those of lines. */
class LineReaderTest {
    private static final int LIMIT = 5;

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
}
