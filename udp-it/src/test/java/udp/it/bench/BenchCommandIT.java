package udp.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider.Role;
import udp.internal.cli.Shell;
import udp.it.bench.BenchOptions.Scenario;
import udp.test.TestShell;

@Timeout(120)
@Tag("long")
@Isolated("a process that starts inherits the sockets of other tests for a moment")
class BenchCommandIT {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java") + " -cp '"
            + System.getProperty("java.class.path") + "' ";
    private static final String OUR_SERVER = JAVA + "udp.server.Main --port {port}";
    private static final List<String> SHORT =
            List.of("--sizes", "8,32", "--windows", "1,4", "--clients", "1,2", "--time", "3ms", "--rounds", "2");

    @TempDir
    Path folder;

    private TestShell shell = new TestShell();

    private int bench(String... arguments) {
        return BenchCommand.run(shell.shell(), List.of(arguments));
    }

    private int shortBench(String... more) {
        return BenchCommand.run(
                shell.shell(),
                Stream.concat(SHORT.stream(), List.of(more).stream()).toList());
    }

    @Test
    void measuresEveryPairInEveryScenario() throws Exception {
        assertEquals(
                0,
                shortBench("--server", "other=" + OUR_SERVER + " --transport socket", "--report", "" + folder),
                shell.err());
        String table = shell.out();
        for (String pair : List.of(
                "channel  channel",
                "socket   channel",
                "channel  socket",
                "socket   socket",
                "channel  other",
                "socket   other")) {
            assertEquals(8, table.lines().filter(line -> line.startsWith(pair)).count(), table);
        }
        assertTrue(table.endsWith("\n0 wrong replies\n"), table);
        assertEquals(4, shell.err().lines().count(), "the plan, the warm-up and two rounds: " + shell.err());

        List<String> csv = Files.readAllLines(folder.resolve("measurements.csv"));
        assertEquals(1 + 8 * 6 * 2, csv.size());
        assertTrue(csv.stream().allMatch(line -> line.split(",", -1).length == 22), "" + csv);

        Document page = page();
        assertEquals(4 + 4 + 8, page.getElementsByTagName("figure").getLength());
        assertEquals(8, page.getElementsByTagName("table").getLength());
        assertEquals(0, page.getElementsByTagName("script").getLength());
        assertFalse(Files.readString(folder.resolve("report.html")).contains("http"), "needs no network");
    }

    @Test
    void measuresEveryServerAtRatesUpToItsKnee() throws Exception {
        assertEquals(
                1,
                bench(
                        "--rate",
                        "40000,1000,20000,30000",
                        "--time",
                        "10ms",
                        "--rounds",
                        "1",
                        "--report",
                        "" + folder,
                        "--server",
                        "mortal=" + JAVA + MortalServer.class.getName() + " {port} 2 waits"),
                shell.err());
        assertTrue(shell.out().contains("\n1,000 per second, 32 bytes, 1 client\n"), shell.out());
        assertTrue(
                shell.out()
                        .contains(
                                "channel to mortal, 32 bytes, 1 client: does not keep up; of 1,000 per second, 100.0%"),
                shell.out());
        assertEquals(2, measured("mortal"), "no rate above two that are beyond the knee");
        assertTrue(shell.out().lines().noneMatch(line -> line.startsWith("socket ")), "no client that cannot look");
        assertEquals(3 + 1, page().getElementsByTagName("figure").getLength());
        String text = page().getDocumentElement().getTextContent();
        assertTrue(text.contains(Knee.EXPLANATION), text);
        assertTrue(text.contains("p50, 32 bytes, 1 client") && text.contains("p99.9, 32 bytes, 1 client"), text);
        assertFalse(text.contains("coordinated omission"), text);
    }

    @Test
    void showsEachMeasurementOnATerminal() {
        shell = new TestShell(Set.of(Shell.ERR), "");
        assertEquals(
                0,
                bench("--sizes", "20", "--windows", "1", "--clients", "1", "--time", "1ms", "--rounds", "1"),
                shell.err());
        assertTrue(shell.err().contains("\r\033[Kround 1 of 1, 3 of 4: channel to socket, 20 bytes, "), shell.err());
        assertTrue(shell.err().endsWith("\r\033[K"), shell.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    --sizes 32,7         | --sizes: '7' is not a size in bytes (8 to 65507)
                    --sizes 32,          | --sizes: '' is not a size in bytes (8 to 65507)
                    --windows 0          | --windows: '0' is not a window (1 to 1024)
                    --clients many       | --clients: 'many' is not a number of clients (1 to 1024)
                    --rounds 0           | --rounds: '0' is not a number of rounds (1 to 1000)
                    --rate fast          | --rate: 'fast' is not a rate per second (1 to 10000000)
                    --rate 1 --windows 1 | --rate and --windows exclude each other
                    --time 0             | --time: '0' is not a duration (such as 200ms, 1.5s, 2m; more than 0, at most an hour)
                    --server ./server    | --server: a server's command must have {port} in it, for its port number
                    --server=x'{port}    | --server: a quotation mark of the command is not closed
                    --server=channel={port} | two servers are called 'channel'; give a command a name: NAME=COMMAND
                    --report /dev/null/x | --report: '/dev/null/x' cannot be made: /dev/null
                    32                   | unexpected argument '32'; see --help
                    """)
    void wrongUsageIsOneLineAndStatus2(String arguments, String message) {
        assertEquals(2, bench(arguments.split(" ")), shell.err());
        assertTrue(shell.err().startsWith("udp-it bench: " + message), shell.err());
        assertEquals(1, shell.err().lines().count());
        assertEquals("", shell.out());
    }

    @Test
    void helpFitsAScreen() {
        assertEquals(0, bench("--help"));
        assertTrue(shell.out().lines().count() <= 24);
        assertTrue(shell.out().lines().allMatch(line -> line.length() <= 80), shell.out());
    }

    @Test
    void aCommandThatIsNoProgramIsWrongUsage() {
        assertEquals(2, shortBench("--server", "no-such-program {port}"));
        assertTrue(
                shell.err().startsWith("udp-it bench: the server 'no-such-program' cannot be started: "), shell.err());
        assertEquals(1, shell.err().lines().count());
    }

    @Test
    void aServerThatEndsIsOneLineAndStatus1() {
        assertEquals(1, shortBench("--server", "mine=" + OUR_SERVER + " --no-such-option"));
        assertEquals(
                "udp-it bench: the server 'mine' ended with status 2: "
                        + "udp-server: unknown option --no-such-option; see --help\n",
                shell.err());
    }

    @Test
    void aServerThatRepliesSomethingElseIsRefused() {
        assertEquals(1, shortBench("--server", "echo=" + OUR_SERVER + " --processor echo"));
        assertEquals(
                "udp-it bench: the server 'echo' replies to 'ready?' with 'ready?';"
                        + " it must reply with the text in upper case\n",
                shell.err());
    }

    @Test
    void aServerThatHasEndedIsNotMeasured() throws Exception {
        ServerProcess server = ServerProcess.start(ServerCommand.ofTransport("channel"));
        ServerProcess.Usage usage = server.usage();
        assertTrue(usage.allocated() >= 0);
        assertTrue(usage.cpu().since(usage.cpu()) == 0);
        Load load = new Load(Providers.transport(Role.CLIENT, "socket"), new Scenario(32, 1, 1), Duration.ofMillis(1));
        assertEquals(0, load.on(server).wrong());
        server.close();
        assertTrue(assertThrows(IOException.class, () -> load.on(server))
                .getMessage()
                .startsWith("the server 'channel' ended with status "));
    }

    /** Measures two pairs in a warm-up and two rounds. Each measurement uses a new socket. */
    private int benchOfMortal(int sockets, String then) {
        return bench(
                "--sizes",
                "32",
                "--windows",
                "1",
                "--clients",
                "1",
                "--time",
                "3ms",
                "--rounds",
                "2",
                "--report",
                "" + folder,
                "--server",
                "mortal=" + JAVA + MortalServer.class.getName() + " {port} " + sockets + " " + then);
    }

    private void requireSaysOnce(String failure) throws Exception {
        List<String> lines = shell.err().lines().toList();
        assertEquals(5, lines.size(), "the plan, the warm-up, two rounds and the failure: " + shell.err());
        assertTrue(lines.stream().anyMatch(line -> line.matches("udp-it bench: " + failure)), shell.err());
        assertTrue(shell.out().lines().anyMatch(line -> line.matches(failure)), shell.out());
        assertFalse(shell.out().contains("NaN"), shell.out());
        String page = page().getDocumentElement().getTextContent();
        assertTrue(page.contains("the server 'mortal' "), page);
        assertFalse(Files.readString(folder.resolve("report.html")).contains("NaN"));
    }

    private Document page() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("report.html").toFile());
    }

    private long measured(String server) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("measurements.csv"))) {
            return lines.filter(line -> line.split(",")[1].equals(server)).count();
        }
    }

    @Test
    void aServerThatEndsKeepsItsEarlierMeasurements() throws Exception {
        assertEquals(1, benchOfMortal(1 + 2 + 2 + 1, "ends"));
        requireSaysOnce("the server 'mortal' ended with status 7: enough \\(round 2 of 2, channel to mortal, 32 bytes,"
                + " 1 outstanding, 1 client\\); left out from there on");
        assertEquals(2 + 1, measured("mortal"));
        assertEquals(2 * 2, measured("channel"));
        assertEquals(2 * 2, measured("socket"));
    }

    @Test
    void aServerThatEndsInTheWarmUpHasNoFigures() throws Exception {
        assertEquals(1, benchOfMortal(1, "ends"));
        requireSaysOnce("the server 'mortal' ended with status 7: enough \\(warm-up, .*");
        assertTrue(shell.out().lines().anyMatch(line -> line.matches("socket +mortal[ -]+")), shell.out());
        assertEquals(0, measured("mortal"));
        assertEquals(2 * 2, measured("socket"));
    }

    @Test
    void aServerThatNeverRepliesHasFailed() throws Exception {
        assertEquals(1, benchOfMortal(1, "waits"));
        requireSaysOnce("the server 'mortal' replied to none of 4 requests");
        assertEquals(2 * 2, measured("mortal"));
    }

    @Test
    void aServerWithWrongRepliesHasFailed() throws Exception {
        assertEquals(1, benchOfMortal(1, "errs"));
        requireSaysOnce("the server 'mortal' gave [0-9,]+ wrong replies");
    }

    @Test
    void theMeasuredServerEndsWithItsInput() {
        shell = new TestShell(Set.of(), "\n\n");
        assertEquals(0, MeasuredServer.run(shell.shell(), "socket", "0"));
        assertTrue(shell.out().matches("\\d+\\R\\d+\\R"), shell.out());
        assertEquals(2, MeasuredServer.run(shell.shell(), "none", "0"));
        assertTrue(shell.err().contains("available: "), shell.err());
    }
}
