package udp.it.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.it.command.CommandWords;
import udp.it.diagram.DiagramCommand;
import udp.test.TestShell;

class SimulateCommandTest {
    private final TestShell shell = new TestShell();

    private int run(String arguments) {
        return SimulateCommand.run(shell.shell(), CommandWords.of(arguments));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --fates "c1=lose s1=late:2s"              | 1 request, 1 reply, 3 datagrams sent; 3 s in the network
            --fates "c1=lose c2=lose c3=lose"         | 1 request, 0 replies, 3 datagrams sent; 7 s in the network
            --fates c1=twice --exchanges 2 -w 3s      | 2 requests, 2 replies, 5 datagrams sent; 0 ms in the network
            --fates s1=lose --clients 2 --exchanges 3 | 3 requests, 3 replies, 8 datagrams sent; 1 s in the network
            """)
    void aScriptTellsAll(String arguments, String seen) {
        assertEquals(0, run(arguments), shell::out);
        assertTrue(shell.out().contains(": " + seen + ", "), shell.out());
        assertTrue(shell.out().endsWith(" here; every invariant holds" + System.lineSeparator()), shell.out());
    }

    @Test
    void aRunIsDrawn(@TempDir Path folder) {
        String file = folder.resolve("run.jsonl").toString();
        assertEquals(
                0,
                SimulateCommand.run(shell.shell(), List.of("--fates", "c1=lose s1=late:2s", "--trace-file", file)),
                shell::err);
        TestShell diagram = new TestShell();
        assertEquals(0, DiagramCommand.run(diagram.shell(), List.of(file)), diagram::err);
        assertEquals("""
                       ms  client                            network                      server
                           | 198.51.100.1:49152              |                                 |
                    0.000  |--c1 11 B "request 0.0"----X lost|                                 |
                 1000.000  |--c2 11 B "request 0.0"--------->|                                 |
                           |                                 |                 192.0.2.1:50007 |
                 1000.000  |                                 |--c2---------------------------->|
                 1000.000  |                        late 2 s |<-s1 13 B "request 0.0#1"--------|
                 3000.000  |<-s1 late 2 s--------------------|                                 |
                3 datagrams: 1 delivered, 1 late, 1 lost
                """, diagram.out());
    }

    @Test
    void equalSeedsGiveEqualRunsAndOthersDoNot() {
        assertEquals(seen("--exchanges 500 --seed 7"), seen("--exchanges 500 --seed 7"));
        assertNotEquals(seen("--exchanges 500 --seed 7"), seen("--exchanges 500 --seed 1000"));
    }

    private static String seen(String arguments) {
        TestShell shell = new TestShell();
        assertEquals(0, SimulateCommand.run(shell.shell(), CommandWords.of(arguments)), shell::out);
        return shell.out().replaceAll("network, .*", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --exchanges 0    | --exchanges: '0' is not a number of exchanges (1 to 1000000000)
            --clients 17     | --clients: '17' is not a number of clients (1 to 16)
            --timeout 61m    | --timeout: '61m' is not a duration (such as 200ms, 1.5s, 2m; more than 0, at most an hour)
            --fates c1=loose | --fates: c1=loose: no such fate; there are lose, twice, late:DURATION, overtaken, corrupt, truncate
            operand          | unexpected argument 'operand'; see --help
            """)
    void wrongUsageIsStatusTwoAndOneLine(String arguments, String message) {
        assertEquals(2, run(arguments));
        assertEquals("udp-it simulate: " + message + System.lineSeparator(), shell.err());
        assertEquals("", shell.out());
    }

    @Test
    void theHelpFitsATerminal() {
        assertEquals(0, run("--help"));
        assertTrue(shell.out().lines().count() <= 24, shell.out());
        shell.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
        assertEquals(List.of(), shell.err().lines().toList());
    }
}
