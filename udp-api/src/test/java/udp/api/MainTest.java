package udp.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.spi.Announced;
import udp.test.TestShell;

class MainTest {
    private static final String TITLE =
            "udp-api: the interfaces udp.api.Transport and udp.api.MessageProcessor, and what plugs into them\n";

    private final TestShell shell = new TestShell();

    @Test
    void nothingIsListedWhereNothingPlugsIn() {
        assertEquals(0, Main.run(shell.shell()));
        assertEquals(TITLE + """
                server transports: none on this class path
                client transports: none on this class path
                processors: none on this class path
                """, shell.out());
        assertEquals("", shell.err());
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
                () -> Main.run(shell.shell()));
        assertEquals(0, status);
        assertEquals(TITLE + """
                server transports: pigeon
                client transports: pigeon
                processors: shout, whisper
                """, shell.out());
    }

    @Test
    void aProviderThatCannotBeLoadedIsOneLineAndStatusTwo(@TempDir Path directory) throws Exception {
        int status = Announced.during(
                directory, Map.of("udp.api.spi.NamedProcessor", "no.such.Thing"), () -> Main.run(shell.shell()));
        assertEquals(2, status);
        assertTrue(shell.err().startsWith("udp-api: a provider on the class path cannot be loaded: "), shell.err());
        assertTrue(shell.err().contains("no.such.Thing"), shell.err());
        assertEquals(1, shell.err().lines().count());
        assertEquals("", shell.out());
    }

    @Test
    void theHelpFitsATerminal() {
        assertEquals(0, Main.run(shell.shell(), "--help"));
        assertTrue(shell.out().lines().allMatch(line -> line.length() <= 80), shell.out());
        assertTrue(shell.out().lines().count() <= 24, shell.out());
        assertTrue(shell.out().startsWith("usage: java -jar udp-api.jar [OPTION]\n"), shell.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bogus", "operand", "-x"})
    void thereAreNoOtherArguments(String argument) {
        assertEquals(2, Main.run(shell.shell(), argument));
        assertTrue(shell.err().startsWith("udp-api: un"), shell.err());
        assertEquals("", shell.out());
    }
}
