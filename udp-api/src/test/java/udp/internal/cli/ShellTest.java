package udp.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.test.TestShell;

class ShellTest {
    private final Shell shell = Shell.system();

    @Test
    void theSystemsStreamsAreTheShells() {
        assertSame(System.in, shell.in());
        assertSame(System.out, shell.out());
        assertSame(System.err, shell.err());
    }

    @Test
    void propertiesAreTheSystems() {
        assertEquals(System.getProperty("java.version"), shell.property("java.version"));
        assertNull(shell.property("udp.no.such.property"));
    }

    @Test
    void variablesAreTheEnvironments() {
        assertEquals(System.getenv("PATH"), shell.variable("PATH"));
        assertNull(shell.variable("UDP_NO_SUCH_VARIABLE"));
    }

    @Test
    void aFileOrAPipeIsNoTerminal() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors), "This computer has no /proc/self/fd.");
        for (int descriptor : new int[] {Shell.IN, Shell.OUT, Shell.ERR}) {
            String target = Files.readSymbolicLink(descriptors.resolve(Integer.toString(descriptor)))
                    .toString();
            if (!target.startsWith("/dev/")) {
                assertFalse(shell.isTerminal(descriptor), target);
            }
        }
    }

    @Test
    void aDescriptorThatIsNotOpenIsATerminalOnlyIfThereIsAConsole() {
        assertEquals(System.console() != null, shell.isTerminal(1_000_000));
    }

    @ParameterizedTest
    @CsvSource({
        "1, xterm, , true",
        "1, xterm, '', true",
        "1, xterm, 1, false",
        "1, dumb, , false",
        "1, , , false",
        "2, xterm, , false"
    })
    void onlyATerminalThatMayIsColoured(int descriptor, String term, String noColor, boolean coloured) {
        TestShell own = new TestShell(Set.of(Shell.OUT), "");
        own.surroundings.put("TERM", term);
        own.surroundings.put("NO_COLOR", noColor);
        assertEquals(coloured, own.shell().showsColours(descriptor));
    }
}
