package udp.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.spi.Announced;

class MainTest {
    private static final String TITLE =
            "udp-api: the interfaces udp.api.Transport and udp.api.MessageProcessor, and what plugs into them\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void nothingIsListedWhereNothingPlugsIn() {
        assertEquals(0, run());
        assertEquals(TITLE + """
                server transports: none on this class path
                client transports: none on this class path
                processors: none on this class path
                """, out());
        assertEquals("", err());
    }

    @Test
    void whatTheClassPathOffersIsListedByKind(@TempDir Path directory) throws Exception {
        int status = Announced.during(
                directory,
                Map.of(
                        "udp.api.spi.TransportProvider",
                        Announced.Server.class.getName() + "\n" + Announced.Client.class.getName(),
                        "udp.api.spi.NamedProcessor",
                        Announced.Shout.class.getName() + "\n" + Announced.Whisper.class.getName()),
                this::run);
        assertEquals(0, status);
        assertEquals(TITLE + """
                server transports: pigeon
                client transports: pigeon
                processors: shout, whisper
                """, out());
    }

    @Test
    void aProviderThatCannotBeLoadedIsOneLineAndStatusTwo(@TempDir Path directory) throws Exception {
        int status = Announced.during(directory, Map.of("udp.api.spi.NamedProcessor", "no.such.Thing"), this::run);
        assertEquals(2, status);
        assertTrue(err().startsWith("udp-api: a provider on the class path cannot be loaded: "), err());
        assertTrue(err().contains("no.such.Thing"), err());
        assertEquals(1, err().lines().count());
        assertEquals("", out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help"})
    void theHelpFitsATerminal(String option) {
        assertEquals(0, run(option));
        assertTrue(out().lines().allMatch(line -> line.length() <= 80), out());
        assertTrue(out().startsWith("usage: java -jar udp-api.jar [OPTION]\n"), out());
    }

    @Test
    void theVersionIsOneLine() {
        assertEquals(0, run("--version"));
        assertTrue(out().matches("udp-api .+, Java .+\n"), out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bogus", "operand", "-x", "", "two\nlines"})
    void thereAreNoOtherArguments(String argument) {
        assertEquals(2, run(argument));
        String message = argument.startsWith("-") ? "udp-api: unknown option -" : "udp-api: unexpected argument '";
        assertTrue(err().startsWith(message), err());
        assertEquals(1, err().lines().count());
        assertEquals("", out());
    }

    @Test
    void anOutputThatCannotBeWrittenIsAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };
        assertEquals(1, Main.run(print(full), print(err)));
        assertEquals(1, err().lines().count());
    }

    private int run(String... arguments) {
        return Main.run(print(out), print(err), arguments);
    }

    private static PrintStream print(OutputStream stream) {
        return new PrintStream(stream, true, UTF_8);
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
