package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import udp.api.spi.Providers;
import udp.contract.Rule;
import udp.it.kit.report.RuleResults;
import udp.it.kit.run.ContractRun;
import udp.it.kit.support.CommandTemplate;

/** The starter code of each assignment compiles and does not pass; the solution compiles and keeps all rules. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class AssignmentsIT {
    static final Path ASSIGNMENTS = Path.of("assignments");

    /** Returns the check that an assignment's page names, for a folder of compiled classes. */
    @FunctionalInterface
    interface Checked {
        List<ContractRun> by(Path classes) throws Exception;
    }

    static Stream<Arguments> assignments() {
        return Stream.of(
                Arguments.of("5-file-transfer", "A5", (Checked) classes -> fileTransfer(classes, "")),
                Arguments.of("2-pinger", "A2", (Checked) AssignmentsIT::pinger),
                Arguments.of("3-client", "C", (Checked) AssignmentsIT::client),
                Arguments.of("1-processor", "P", (Checked) AssignmentsIT::processor));
    }

    @ParameterizedTest
    @MethodSource("assignments")
    void theSolutionKeepsAllRules(String folder, String letter, Checked checked, @TempDir Path classes)
            throws Exception {
        compile(ASSIGNMENTS.resolve(folder).resolve("solution"), classes);
        Verdicts.assertFails(Set.of(), examine(letter, checked, classes));
    }

    @ParameterizedTest
    @MethodSource("assignments")
    void theStarterCompilesAndDoesNotPass(String folder, String letter, Checked checked, @TempDir Path classes)
            throws Exception {
        compile(ASSIGNMENTS.resolve(folder), classes);
        RuleResults results = examine(letter, checked, classes);
        assertFalse(results.isFull(), results::table);
        assertTrue(results.table().contains(" is to be written"), results::table);
    }

    @Test
    void aWindowOfOneIsStopAndWait(@TempDir Path classes) throws Exception {
        compile(ASSIGNMENTS.resolve("5-file-transfer/solution"), classes);
        Verdicts.assertFails(Set.of(Rule.A5_8), examine("A5", folder -> fileTransfer(folder, "1"), classes));
    }

    /** The rules that only assignments have, each broken by one change of the solution. */
    @ParameterizedTest
    @CsvSource({
        "2-pinger, Pinger, 'if (Arrays.equals(right,', 'if (reply != null || Arrays.equals(right,', A2_4",
        "2-pinger, Pinger, / 1e6, / 1e9, A2_6 A2_7",
        "2-pinger, Pinger, 100.0 * (PINGS - millis.size()) / PINGS, 100.0 * millis.size() / PINGS, A2_7 A2_8",
        "5-file-transfer, Packet, LARGEST_PART = 1200, LARGEST_PART = 1600, A5_5",
        "5-file-transfer, Packet, length - 4, 5, A5_7"
    })
    void aMistakeBreaksItsRule(String folder, String type, String right, String wrong, String rules, @TempDir Path home)
            throws Exception {
        Path solution = ASSIGNMENTS.resolve(folder).resolve("solution");
        Path sources = Files.createDirectory(home.resolve("sources"));
        try (Stream<Path> files = Files.list(solution)) {
            for (Path file : files.toList()) {
                Files.copy(file, sources.resolve(file.getFileName()));
            }
        }
        Path changed = sources.resolve(type + ".java");
        Files.writeString(changed, Files.readString(changed).replace(right, wrong));
        Path classes = Files.createDirectory(home.resolve("classes"));
        compile(sources, classes);
        Set<Rule> broken = Stream.of(rules.split(" ")).map(Rule::valueOf).collect(Collectors.toSet());
        Checked checked = type.equals("Pinger") ? AssignmentsIT::pinger : path -> fileTransfer(path, "");
        Verdicts.assertFails(broken, examine(rules.substring(0, 2), checked, classes));
    }

    /** Sets the class path as the program does: the JVM that rule P.9 starts has the same. */
    static RuleResults examine(String letter, Checked checked, Path classes) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return Verdicts.examine(letter, checked.by(classes));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static List<ContractRun> processor(Path classes) {
        return Subject.processor(() -> Providers.processor("Backwards"), Providers.processor("reverse"));
    }

    private static List<ContractRun> pinger(Path classes) {
        return Subject.pinger(java(classes, "Pinger {host} {port}"));
    }

    private static List<ContractRun> fileTransfer(Path classes, String window) {
        return Subject.fileTransfer(
                java(classes, "Send {host} {port} {file} " + window), java(classes, "Receive {port} {file}"));
    }

    private static List<ContractRun> client(Path classes) {
        return Subject.client(java(classes, "Ask {host} {port}"), 0.5);
    }

    private static CommandTemplate java(Path classes, String arguments) {
        return CommandTemplate.of("'" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '" + classes + "' " + arguments);
    }

    static void compile(Path folder, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xlint:all",
                "-Werror",
                "--release",
                "17",
                "-cp",
                System.getProperty("udp.jar.it"),
                "-d",
                classes.toString()));
        try (Stream<Path> files = Files.list(folder)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
    }
}
