package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.contract.Rule;
import udp.it.Jvm;
import udp.it.kit.fates.FatesCheck;
import udp.it.kit.report.RuleResults;
import udp.it.kit.run.ContractRun;
import udp.it.kit.run.RuleTally;
import udp.it.kit.support.CommandTemplate;

/** The smallest network on which a program breaks a rule is found and shown, and the solutions survive all. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class FatesIT {
    private static final String JAVA = "'" + Path.of(System.getProperty("java.home"), "bin", "java")
            + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp ";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "waits forever, C12, c1=lose",
        "sends once, C12, c1=lose",
        "has one socket, C13, c1=twice",
    })
    void theSmallestNetworkForAClientIsFound(String mistake, Rule rule, String fates) throws Exception {
        assertFinds(rule, fates, "C", Subject.client(client(mistake), 0).get(0));
    }

    @Test
    void theSmallestNetworkForTheLecturesClientIsFound() throws Exception {
        CommandTemplate command = CommandTemplate.of(HostileProgramsIT.python("lecture_client.py") + " {host} {port}");
        assertFinds(Rule.C12, "c1=lose", "C", Subject.client(command, 0).get(0));
    }

    @Test
    void theSmallestNetworkForThePingerOfTheTextbookIsFound() throws Exception {
        CommandTemplate command = CommandTemplate.of(HostileProgramsIT.python("pinger_textbook.py") + " {host} {port}");
        assertFinds(Rule.A2_4, "c1=twice c2=lose", "A2", Subject.pinger(command).get(0));
    }

    @Test
    void theSmallestNetworkForAReceiverThatEndsTooEarlyIsFound() throws Exception {
        String start = HostileProgramsIT.python("wrong_transfer.py") + " 'ends with its last acknowledgement' ";
        RuleResults results = examine(
                "1",
                "A5",
                Subject.fileTransfer(
                                CommandTemplate.of(start + "{host} {port} {file}"),
                                CommandTemplate.of(start + "{port} {file}"))
                        .get(0));
        Verdicts.assertFails(Set.of(Rule.A5_3), results);
        assertTrue(results.table().contains("\n      s1=lose: expected "), results::table);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "ends with status 0"})
    void aClientWithThreeTriesSurvivesAFault(String mistake) throws Exception {
        assertSurvives("1", "C", Subject.client(client(mistake), 0).get(0));
    }

    @Test
    void threeLossesAreTooManyForThreeTries() throws Exception {
        ContractRun run = Subject.client(client("none"), 0).get(0);
        Verdicts.assertFails(Set.of(Rule.C12), examine("c1=lose c2=lose c3=lose", "C", run));
        ContractRun wrong = Subject.client(client("ends with status 0"), 0).get(0);
        Verdicts.assertFails(Set.of(Rule.C12), examine("c1=lose c2=lose s1=lose", "C", wrong));
    }

    @Test
    void withoutAReplyToTheFirstSentenceTheSecondNeedNotBeAsked() throws Exception {
        String all = "c1=lose c2=lose c3=lose c4=lose c5=lose c6=lose c7=lose c8=lose";
        AssignmentsIT.compile(AssignmentsIT.ASSIGNMENTS.resolve("3-client/solution"), folder);
        assertSurvives(all, "C", Subject.client(java("Ask {host} {port}"), 0).get(0));
    }

    @ParameterizedTest
    @CsvSource({"2-pinger, A2", "3-client, C", "5-file-transfer, A5"})
    void theSolutionsSurviveAFault(String assignment, String letter) throws Exception {
        AssignmentsIT.compile(AssignmentsIT.ASSIGNMENTS.resolve(assignment).resolve("solution"), folder);
        assertSurvives(
                "1",
                letter,
                switch (letter) {
                    case "C" -> Subject.client(java("Ask {host} {port}"), 0).get(0);
                    case "A2" -> Subject.pinger(java("Pinger {host} {port}")).get(0);
                    default ->
                        Subject.fileTransfer(java("Send {host} {port} {file}"), java("Receive {port} {file}"))
                                .get(0);
                });
    }

    @Test
    void theReportIsTheNetworkItsDiagramAndTheCommandThatShowsItAgain() throws Exception {
        String command = client("sends once").command();
        Jvm.Result result = check("--client", command, "--fates", "1", "--report", folder.toString());
        assertEquals(1, result.status(), result::out);
        String diagram =
                "|--c1 10 B \"sentence 1\"-----X lost|                                 |\n1 datagram: 1 lost\n";
        assertTrue(result.out().contains(diagram), result::out);
        assertTrue(result.out().contains("\nstandard error:\nno reply\n"), result::out);
        String seed = result.out().replaceFirst("(?s)requests: --seed ([0-9]+) .*", "$1");
        String again = "again: java -jar " + Jvm.jar("it") + " check --client '" + command.replace("'", "'\\''")
                + "' --seed " + seed + " --fates 'c1=lose'\nsurvived: 1 network, and no smaller one breaks a rule\n";
        assertTrue(result.out().endsWith(again), result::out);
        assertTrue(Files.readString(folder.resolve("index.html")).contains("1 datagram: 1 lost"));
    }

    @Test
    void aFailedRuleOfAProgramShowsItsDatagramsAndNoStackTrace() throws Exception {
        String command = HostileProgramsIT.python("wrong_server.py") + " 'dies on malformed text' {port}";
        Jvm.Result result = check("-v", "--server", command, "--report", folder.toString());
        String page = Files.readString(folder.resolve("index.html"));
        for (String part : List.of("|--#1 sendto() 1 B ", "UnicodeDecodeError: ", "2 datagrams: 2 sent\n")) {
            assertTrue(result.out().contains(part), result::out);
            assertTrue(page.contains(part), page);
        }
        assertFalse(page.contains("AssertionError"), page);
        assertFalse(check("--server", command).out().contains("sendto()"));
    }

    @Test
    void aProgramWithoutANetworkIsRefused() throws Exception {
        Jvm.Result result = check("--server", "cat {port}", "--fates", "1");
        assertEquals("udp-it check: --fates goes with --client, --client-class, --pinger or --sender\n", result.err());
        assertEquals(2, result.status());
    }

    private static Jvm.Result check(String... arguments) throws Exception {
        return Jvm.run(
                new byte[0],
                Stream.concat(Jvm.java("-jar", Jvm.jar("it"), "check").stream(), Stream.of(arguments))
                        .toList(),
                Map.of());
    }

    private CommandTemplate java(String arguments) {
        return CommandTemplate.of(JAVA + "'" + folder + "' " + arguments);
    }

    private static CommandTemplate client(String mistake) throws Exception {
        return CommandTemplate.of(HostileProgramsIT.python("wrong_client.py") + " '" + mistake + "' {host} {port}");
    }

    private static void assertFinds(Rule rule, String fates, String letter, ContractRun run) {
        RuleResults results = examine("2", letter, run);
        Verdicts.assertFails(Set.of(rule), results);
        assertTrue(results.table().contains("\n      " + fates + ": expected "), results::table);
    }

    private static void assertSurvives(String faults, String letter, ContractRun run) {
        Verdicts.assertFails(Set.of(), examine(faults, letter, run));
    }

    private static RuleResults examine(String fates, String letter, ContractRun run) {
        var rules = FatesCheck.rules(Stream.of(Rule.values())
                .filter(rule -> rule.name().startsWith(letter))
                .toList());
        RuleTally tally = new RuleTally("test", rules);
        FatesCheck.run(run.input(), rules, fates, tally);
        return tally.results();
    }
}
