package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.contract.Rule;
import udp.internal.cli.UsageException;
import udp.it.Chatty;
import udp.it.kit.report.RuleResult;
import udp.it.kit.report.RuleResult.Verdict;
import udp.it.kit.report.RuleResults;
import udp.it.kit.run.RuleTally;
import udp.test.TestShell;

/** The program, in this JVM. */
@Isolated("it turns System.out away from what is checked")
class CheckCommandTest {
    private final TestShell shell = new TestShell();

    static class NeverOpens implements TransportProvider {
        @Override
        public Role role() {
            return Role.SERVER;
        }

        @Override
        public String name() {
            return "never";
        }

        @Override
        public Transport open(TransportConfig config) {
            return null;
        }
    }

    private int check(String... arguments) {
        return CheckCommand.run(shell.shell(), List.of(arguments));
    }

    static Stream<Arguments> wrongUsages() {
        String never = NeverOpens.class.getName();
        return Stream.of(
                Arguments.of("nothing to check: give --transport,", List.of()),
                Arguments.of("exclude each other", List.of("--transport", "x", "--processor", "y")),
                Arguments.of("called 'x'; available: channel, socket", List.of("--transport", "x")),
                Arguments.of("available: channel, socket", List.of("--transport", "x", "--role", "client")),
                Arguments.of("'x' is neither server nor client", List.of("--transport", "channel", "--role", "x")),
                Arguments.of("'/no/where.jar' does not exist", List.of("--class-path", "/no/where.jar")),
                Arguments.of("no class no.Such", List.of("--transport-class", "no.Such")),
                Arguments.of("does not implement TransportProvider", List.of("--transport-class", "java.lang.String")),
                Arguments.of("opens no transport: expected a transport", List.of("--transport-class", never)),
                Arguments.of("available: upper, echo, ", List.of("--processor", "x")),
                Arguments.of("available: upper, echo, ", List.of("--processor", "echo", "--expect", "x")),
                Arguments.of(
                        "'1' is not more than 0 and less than 1", List.of("--client", java("{port}"), "--loss", "1")),
                Arguments.of("'half' is not more", List.of("--client", java("{port}"), "--loss", "half")),
                Arguments.of("give --receiver", List.of("--sender", java("{port} {file}"))),
                Arguments.of("where the file goes", List.of("--sender", java("{port}"), "--receiver", java("{port}"))),
                Arguments.of("status 1: ", List.of("--pinger", java("-cp . No {port}"))),
                Arguments.of(
                        "status 1: ",
                        List.of("--sender", java("-cp . No {port} {file}"), "--receiver", java("{port} {file}"))),
                Arguments.of(
                        "write {port} there, or give --port N if the port is built in, or --stdin '{port}' if the program asks",
                        List.of("--server", "java")),
                Arguments.of(
                        "'/no/where' is no directory", List.of("--client", "java {port}", "--directory", "/no/where")),
                Arguments.of(
                        "--port does not go with --sender",
                        List.of("--sender", java("{file}"), "--receiver", java("{file}"), "--port", "9")),
                Arguments.of("a quotation mark of the", List.of("--server", java("'{port}"))),
                Arguments.of("a quotation mark of the", List.of("--client", java("{port} \""))),
                Arguments.of("there is no program './nothing'", List.of("--client", "./nothing {port}")),
                Arguments.of("it had ended with status 1: ", List.of("--server", java("-cp . No {port}"))),
                Arguments.of("it had ended with status 1: ", List.of("--client", java("-cp . No {port}"))));
    }

    private static String java(String arguments) {
        return "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' " + arguments;
    }

    /** Prepares in this JVM, which is faster. */
    @ParameterizedTest
    @MethodSource("wrongUsages")
    void whatCannotStartIsRefused(String message, List<String> arguments) {
        RuleTally none = new RuleTally("x", List.of());
        UsageException refusal = assertThrows(
                UsageException.class, () -> CheckCommand.runChecked(shell.shell(), arguments, none, Set.of()));
        assertTrue(refusal.getMessage().contains(message), refusal::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "nothing to check: give --transport, , ",
        "'called ''x''; available: channel, socket', --transport, x",
        "--report: '/dev/null/x' cannot be made: /dev/null/x: , --report, /dev/null/x"
    })
    void aRefusalIsOneLineAndStatus2(String message, String option, String value) {
        assertEquals(2, option == null ? check() : check(option, value));
        assertEquals("", shell.out());
        assertEquals(1, shell.err().lines().count(), shell::err);
        assertTrue(shell.err().startsWith("udp-it check: "), shell::err);
        assertTrue(shell.err().contains(message), shell::err);
    }

    @Test
    void allPassedIsStatus0() {
        assertEquals(0, check("--processor", "upper", "--expect", "upper"), shell::out);
        assertTrue(
                shell.out().matches("requests: --seed [0-9]+ repeats them\nP.1   A processor MUST read (?s:.*)"),
                shell::out);
        assertTrue(shell.out().endsWith("score: 10 of 10 rules, MUST 10 of 10, SHOULD 0 of 0\n"));
        assertEquals("", shell.err());
    }

    @Test
    void aTransportIsCheckedForBothSidesByItsNameAndForOneByItsRole() {
        assertEquals(0, check("--transport", "channel", "--role", "server"), shell::out);
        assertTrue(shell.out().contains("n/a (only a client's transport is connected)"), shell::out);
    }

    @Test
    void someFailedIsStatus1AndTheReportSaysIt(@TempDir Path home) throws Exception {
        Path report = home.resolve("a/b");
        assertEquals(1, check("--processor", Chatty.class.getName(), "--report", report.toString()));
        assertFalse(shell.out().contains("chatter"));
        assertTrue(shell.err().startsWith("checked code: chatter\\u001b[2J\n"), shell::err);
        assertTrue(shell.err().contains("\nchecked code: more\\u202e"), shell::err);
        assertTrue(shell.out().contains("P.3   A processor MUST always return an outcome "), shell::out);
        assertTrue(shell.out().contains("IllegalStateException (<script>\"&'\\u0001\\ud800 ]]>) at Chatty.java:"));

        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.resolve("TEST-udp-it.xml").toFile())
                .getDocumentElement();
        assertEquals("11", suite.getAttribute("tests"));
        assertEquals(11, suite.getElementsByTagName("testcase").getLength());
        assertTrue(
                suite.getElementsByTagName("failure").item(0).getTextContent().contains("<script>"));

        String json = Files.readString(report.resolve("results.json"));
        JsonArray tests = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("tests");
        assertEquals(11, tests.size());
        JsonObject failed = tests.get(0).getAsJsonObject();
        assertEquals("P.1", failed.get("number").getAsString());
        assertEquals(0, failed.get("score").getAsInt());
        assertEquals(1, failed.get("max_score").getAsInt());
        assertEquals("failed", failed.get("status").getAsString());
        assertTrue(failed.get("output").getAsString().contains("<script>\"&'\\u0001"), json);

        String page = Files.readString(report.resolve("index.html"));
        assertFalse(page.contains("<script"), page);
        assertTrue(page.contains("&lt;script&gt;&quot;&amp;"), page);
        assertFalse(page.contains("http"), "needs nothing from elsewhere");
        assertEquals(3, Files.list(report).count());
    }

    @Test
    void whatCannotBeTriedHereLeavesTheScoreAndIsSaid() {
        RuleResult kept = new RuleResult(Rule.S1, Verdict.PASS, null, List.of());
        RuleResult untried = new RuleResult(Rule.S14, Verdict.NOT_APPLICABLE, "not tried: it takes root", List.of());
        RuleResult broken = new RuleResult(Rule.S14, Verdict.FAIL, null, List.of());
        String elsewhere = new RuleResults("x", List.of(kept, untried)).line();
        assertEquals("score: 1 of 2 rules (not tried: S.14), MUST 1 of 1, SHOULD 0 of 1", elsewhere);
        assertEquals(elsewhere.replace(" (not tried: S.14)", ""), new RuleResults("x", List.of(kept, broken)).line());
    }

    @Test
    void theSeedReachesTheTests() {
        assertEquals(1, check("--processor", "echo", "--expect", "upper", "--seed", "7"));
        assertTrue(shell.out().startsWith("requests: --seed 7 repeats them\n"), shell::out);
        assertTrue(shell.out().contains("\"hello, world sepoko\""), shell::out);
    }

    @Test
    void whatDidNotRunIsNoSuccess() {
        String table = new RuleTally("x", List.of(Rule.P1, Rule.P10)).results().table();
        assertTrue(table.contains("the check ended before it came to this"), table);
        assertTrue(table.endsWith("score: 0 of 1 rules, MUST 0 of 1, SHOULD 0 of 0\n"), table);
    }
}
