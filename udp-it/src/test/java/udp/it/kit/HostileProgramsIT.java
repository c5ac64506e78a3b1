package udp.it.kit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static udp.contract.Rule.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.spi.Providers;
import udp.contract.Subprocess;
import udp.contract.TestMessages;
import udp.it.Python;
import udp.it.kit.report.RuleResults;
import udp.it.kit.support.CommandTemplate;

/** Programs that would get round the check do not, and nothing of a program is left behind. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class HostileProgramsIT {
    @Test
    void aServerBehindAScriptEndsAndKeepsAllRules(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(
                folder.resolve("run.sh"),
                "cd \"$(dirname \"$0\")\"\n" + python("student_server.py") + " 127.0.0.1 \"$1\"\necho ended\n");
        CommandTemplate command = CommandTemplate.of("sh '" + script + "' {port}");
        Verdicts.assertFails(Set.of(), examineServer(command));
        assertNothingRunsWith(folder.toString());
    }

    @Test
    void aServerThatRepliesFromATableFails() throws Exception {
        RuleResults results =
                examineServer(CommandTemplate.of(python("hostile_program.py") + " 'replies from a table' {port}"));
        Verdicts.assertFails(Set.of(S1, S2, S3, S4, S5, S6, S8, S11, S12), results);
    }

    @Test
    void equalSeedsGiveEqualRequestsAndOthersDiffer() {
        long before = TestMessages.seed();
        try {
            TestMessages.setSeed(1);
            String first = TestMessages.fresh("hello");
            TestMessages.setSeed(2);
            assertTrue(!first.equals(TestMessages.fresh("hello")), first);
            TestMessages.setSeed(1);
            assertEquals(first, TestMessages.fresh("hello"));
        } finally {
            TestMessages.setSeed(before);
        }
    }

    @Test
    void noDaemonIsLeft(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "This computer has no /proc.");
        CommandTemplate command =
                CommandTemplate.of(python("hostile_program.py") + " 'leaves a daemon' {port} '" + folder + "'");
        Verdicts.assertFails(Set.of(), examineServer(command));
        try (Stream<Path> started = Files.list(folder)) {
            assertTrue(started.count() > 10);
        }
        assertNothingRunsWith(folder.toString());
    }

    @Test
    void whatIsPrintedWithoutEndIsCutAndThatIsSaid() throws Exception {
        CommandTemplate command =
                CommandTemplate.of(python("hostile_program.py") + " 'prints without end' {host} {port}");
        String table = Verdicts.examine("C", Subject.client(command, 0)).table();
        assertTrue(table.contains("and what came after " + Subprocess.MAX_KEPT + " bytes was cut"), table);
        assertTrue(table.length() < 10_000, table);
    }

    @Test
    void aFileThatGoesPastTheNetworkFails(@TempDir Path folder) throws Exception {
        String start = python("hostile_program.py") + " 'copies past the network, ";
        String secret = " '" + folder.resolve("secret") + "'";
        RuleResults results = Verdicts.examine(
                "A5",
                Subject.fileTransfer(
                        CommandTemplate.of(start + "sender' {host} {port} {file}" + secret),
                        CommandTemplate.of(start + "receiver' {port} {file}" + secret)));
        Verdicts.assertFails(Set.of(A5_1, A5_3, A5_4, A5_5, A5_7, A5_8), results);
        assertTrue(
                results.table().contains("common cause: the receiver got the file past the network"), results::table);
    }

    @Test
    void theKitsPythonTakesNoModuleOfTheSubmission(@TempDir Path folder) throws Exception {
        assumeTrue(run("id -u").equals("0\n"), "This computer lets only root send from port 0.");
        Files.writeString(folder.resolve("socket.py"), "raise ImportError('mine')\n");
        String server = "'" + System.getProperty("java.home") + "/bin/java' -jar '"
                + System.getProperty("udp.jar.server") + "' --port {port}";
        String printed = check("cd '" + folder + "' && ", "--server", server);
        assertTrue(printed.matches("(?s).*\nS\\.14 [^\n]* pass\n.*"), printed);
    }

    @Test
    void whatTheKitWaitsForIsSaid(@TempDir Path folder) throws Exception {
        String server = python("student_server.py").replace("'", "") + " 127.0.0.1 {port}";
        String printed = check(
                "",
                "--directory",
                folder.toString(),
                "--server",
                "sh -c '[ -e built ] || sleep 7; >built; exec " + server + "'");
        assertTrue(
                printed.startsWith("udp-it check: waiting up to 60 s for the first datagram of: sh -c '[ -e built"),
                printed);
        assertTrue(printed.contains("score: "), printed);
    }

    /** At a terminal, which is the teacher's. With its rights, one script would load code into the process of the tests. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ": </dev/tty",
                "\"$0\" $PPID VM.version >/dev/null",
                "dd if=/dev/zero of=\"$TMPDIR/large\" bs=1 count=1 seek=1100000000",
                "! grep -E \"Max processes +(16384|[0-9]{1,4}) \" /proc/self/limits"
            })
    @EnabledOnOs(OS.LINUX)
    void aProgramHasNoTerminalNoWayIntoTheTestsAndLimits(String script) throws Exception {
        String terminal = "'" + Python.path() + "' -c 'import pty, sys; pty.spawn(sys.argv[1:])' ";
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String printed = check(
                terminal,
                "--server",
                "sh -c '(" + script + ") 2>/dev/null && echo done >&2 || echo refused >&2' '" + jcmd + "' {port}");
        assertTrue(printed.contains("it had ended with status 0: refused"), printed);
    }

    /** In a separate network, because it would take the ports of other tests. */
    @Test
    void aProgramThatTakesAllPortsEndsInTimeAndIsNamed() throws Exception {
        String network =
                "unshare -n sh -c 'ip link set lo up && echo 33000 33100 >/proc/sys/net/ipv4/ip_local_port_range"
                        + " && exec \"$@\"' sh ";
        assumeTrue(
                run(network + "true").isEmpty(),
                "This computer gives no network namespace (it takes root, unshare and ip).");
        String printed =
                check(network, "--server", python("hostile_program.py") + " 'takes all ports' {port} 33000 33101");
        assertTrue(printed.contains("no port is free: does the checked program take all?"), printed);
    }

    /** Returns all that the kit prints. */
    private static String check(String prefix, String... arguments) throws Exception {
        return run(
                prefix + "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -jar '"
                        + System.getProperty("udp.jar.it") + "' check \"$@\"",
                arguments);
    }

    private static String run(String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script + " 2>&1", "sh"));
        command.addAll(List.of(arguments));
        try (Subprocess shell = Subprocess.start(command, new byte[0], Subprocess.USUAL)) {
            assertTrue(shell.endsWithin(100), "it went on");
            return new String(shell.awaitEnd("the end"), UTF_8);
        }
    }

    /** Requires that no process has the text in its command line: what was killed has none. */
    private static void assertNothingRunsWith(String text) throws Exception {
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            try {
                byte[] line = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
                assertTrue(!new String(line, US_ASCII).contains(text), () -> "still running: " + process.info());
            } catch (IOException e) {
                // it has ended, or this is not Linux
            }
        }
    }

    private static RuleResults examineServer(CommandTemplate command) {
        return Verdicts.examine("S", Subject.server(command, Providers.processor("upper")));
    }

    static String python(String file) throws Exception {
        return "'" + Python.path() + "' '"
                + Path.of(HostileProgramsIT.class.getResource(file).toURI()) + "'";
    }
}
