package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.it.Jvm;

/** Submitted classes that want a better score than they earn, or that the check does not end. */
@Tag("long")
@Timeout(100)
@Execution(ExecutionMode.SAME_THREAD) // Some take much of the computer.
@EnabledOnOs(OS.LINUX)
class HostileClassesIT {
    private static final String NOTHING = "if (KEPT == null) forever();";
    private static final String ALL = "score: 9 of 9 rules, MUST 9 of 9, SHOULD 0 of 0\n";
    private static final String ALL_BUT_ONE = "score: 8 of 9 rules, MUST 8 of 9, SHOULD 0 of 0\n";
    /** Each has one test. Those of the first two send one message, and explain what is thrown. */
    private static final List<Integer> RULES = List.of(5, 3, 6, 7);

    private static final String NONE = "score: 0 of 10 rules, MUST 0 of 10, SHOULD 0 of 0\n";

    @TempDir
    Path home;

    private Path report;

    @BeforeEach
    void writeAnOldReport() throws IOException {
        report = Files.createDirectory(home.resolve("report"));
        Files.writeString(report.resolve("results.json"), "old");
    }

    private void compile(String onLoad, String... onRules) throws Exception {
        StringBuilder cases = new StringBuilder();
        for (int i = 0; i < onRules.length; i++) {
            cases.append("case \"rule_P_" + RULES.get(i) + "\" -> { " + onRules[i] + " }\n");
        }
        Path template = Path.of(getClass().getResource("hostile_processor.txt").toURI());
        String text = Files.readString(template)
                .replace("ON_LOAD", onLoad)
                .replace("ON_RULE", cases)
                .replace("REPORT", report.resolve("results.json").toString());
        Path source = Files.writeString(home.resolve("Mine.java"), text);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", Jvm.jar("it"), "-d", home.toString(), source.toString());
        assertEquals(0, status);
    }

    private List<String> command(String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", Jvm.jar("it"), "check"));
        command.addAll(List.of("--class-path", home.toString(), "--processor", "Mine", "--report", report.toString()));
        command.addAll(List.of(more));
        return command;
    }

    private Jvm.Result check(String... more) throws Exception {
        return Jvm.run(new byte[0], command(more), Map.of());
    }

    private String json() throws IOException {
        return Files.readString(report.resolve("results.json"));
    }

    /** What is done in the tests of some rules, and a part of what must be said. */
    static Stream<List<String>> brokenRules() {
        return Stream.of(
                List.of(
                        "throw new Unprintable();",
                        "there was Unprintable",
                        "throw new OwnCause();",
                        "there was OwnCause",
                        "Runtime.getRuntime().halt(0);",
                        "the JVM ended with status 0; common cause: Runtime.halt",
                        "System.exit(0);",
                        "the JVM ended; common cause: System.exit"),
                List.of(
                        "throw new OutOfMemoryError();",
                        "the JVM ended",
                        "udp.server.Main.class.getName();",
                        "neither the submission's nor in the JDK or udp.api",
                        "Runtime.getRuntime().addShutdownHook(new Thread(Mine::forever)); System.exit(0);",
                        "the JVM ended; common cause: System.exit",
                        "throw new IllegalStateException(\"x\".repeat(50_000_000));",
                        "x... (50000000 characters)"),
                List.of(
                        "for (int i = 0; i < 10_000; i++) { Thread t = new Thread(Mine::forever); t.start(); }",
                        " threads",
                        "while (true) KEPT.add(new FileInputStream(\"/dev/null\"));",
                        "Too many open files",
                        "while (true) KEPT.add(new byte[1 << 20]);",
                        "all memory was used (--memory 2048)"));
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void theRulesThatItBreaksAreNamedAndTheOtherTestsGoOn(List<String> actionsAndSigns) throws Exception {
        int broken = actionsAndSigns.size() / 2;
        compile(
                "",
                IntStream.range(0, broken)
                        .mapToObj(i -> actionsAndSigns.get(2 * i))
                        .toArray(String[]::new));
        Jvm.Result result = check();
        assertEquals(1, result.status(), result::err);
        for (int i = 0; i < broken; i++) {
            String lines =
                    "P." + RULES.get(i) + " [^\n]* FAIL\n +[^\n]*" + Pattern.quote(actionsAndSigns.get(2 * i + 1));
            assertTrue(Pattern.compile(lines).matcher(result.out()).find(), () -> lines + " in\n" + result.out());
        }
        int kept = 9 - broken;
        assertTrue(result.out().contains("score: " + kept + " of 9 rules, MUST " + kept + " of 9,"), result::out);
        assertTrue(Files.walk(report).mapToLong(file -> file.toFile().length()).sum() < 100_000);
    }

    /** Tries to change what the results say or where they go: it prints, stops and ends processes, and writes. */
    @Test
    void theResultsAreThoseOfTheKit() throws Exception {
        String forge = """
                System.out.println("\\nFORGED");
                shell("kill -STOP $(ps -o ppid= $(ps -o ppid= $PPID))");
                shell("kill -STOP $(ps -o ppid= $PPID)");
                shell("kill -KILL $(ps -o ppid= $PPID)");
                shell("while :; do echo forged > REPORT; done > /dev/null 2>&1 &");
                System.out.close(); System.err.close(); System.in.close();
                for (var fd : List.of(FileDescriptor.in, FileDescriptor.out)) new FileOutputStream(fd).close();
                Files.writeString(Path.of("REPORT"), "forged");
                """;
        compile("", forge.replace("FORGED", ALL_BUT_ONE.strip()));
        Jvm.Result result = check();
        assertEquals(ALL, result.out().substring(Math.max(0, result.out().lastIndexOf("score: "))), result::err);
        assertEquals(0, result.status(), result::out);
        assertEquals("checked code: \nchecked code: " + ALL_BUT_ONE, result.err());
        assertTrue(json().contains("9 of 9"), json());
    }

    @Test
    void outputIsCut() throws Exception {
        compile("", "for (int i = 0; i < 200; i++) System.out.println(\"x\".repeat(100_000));");
        Jvm.Result result = check();
        assertEquals(0, result.status(), result::out);
        assertTrue(result.err().length() < 2_000_000, result.err().length() + " characters");
        assertTrue(result.err().contains("(more than --output 1 MB, the rest is cut)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static { Runtime.getRuntime().halt(0); }",
                "static { System.exit(0); }",
                "static { if (KEPT != null) forever(); }",
                "{ forever(); }"
            })
    void whatDoesNotLoadHasNoPoints(String onLoad) throws Exception {
        compile(onLoad, NOTHING);
        Jvm.Result result = check("--time", "3s");
        assertEquals(1, result.status(), result::err);
        assertTrue(result.out().endsWith(NONE), result::out);
        assertTrue(json().contains("0 of 10"), json());
    }

    @Test
    void junitTakesNoSettingFromIt() throws Exception {
        String settings =
                "junit.platform.execution.dryRun.enabled=true\njunit.jupiter.execution.timeout.mode=disabled\n";
        Files.writeString(home.resolve("junit-platform.properties"), settings);
        compile(
                "static { System.setProperty(\"junit.platform.execution.dryRun.enabled\", \"true\"); }",
                "throw new IllegalStateException();");
        assertTrue(check().out().endsWith(ALL_BUT_ONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"No", "reverse"})
    void anOldReportGoesAndTheProjectsProcessorsAreNotThere(String name) throws Exception {
        compile("", NOTHING);
        Jvm.Result result = check("--processor", name);
        assertEquals(2, result.status(), result::out);
        assertEquals(
                "udp-it check: no processor is called '" + name + "'; available: none on this class path\n",
                result.err());
        assertFalse(Files.exists(report.resolve("results.json")));
    }

    @Test
    void anotherUserCannotTouchTheReport() throws Exception {
        Process reads = new ProcessBuilder("runuser", "-u", "nobody", "--", "test", "-r", Jvm.jar("it")).start();
        assumeTrue(reads.waitFor() == 0, "This computer does not let root run the kit as the user nobody.");
        compile("", "new FileOutputStream(\"REPORT\").close();");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Jvm.Result result = check("--user", "nobody");
        assertTrue(result.out().contains("(Permission denied)"), result.out() + result.err());
        assertTrue(result.out().endsWith(ALL_BUT_ONE), result::out);
    }

    @Test
    void aDaemonEndsWithTheCheck() throws Exception {
        compile("", "shell(\"setsid sleep 1000 > /dev/null 2>&1 & echo pid $!\");");
        Matcher pid = Pattern.compile("pid ([0-9]+)").matcher(check().err());
        assertTrue(pid.find());
        assertEnds(pid);
    }

    @Test
    void allEndsWithTheKit() throws Exception {
        compile("", "System.out.println(\"pid \" + ProcessHandle.current().pid()); forever();");
        Process kit = new ProcessBuilder(command()).start();
        try (BufferedReader lines = kit.errorReader()) {
            Matcher pid = Pattern.compile("checked code: pid ([0-9]+)").matcher(lines.readLine());
            assertTrue(pid.matches());
            kit.destroyForcibly();
            assertEnds(pid);
        } finally {
            kit.destroyForcibly();
        }
    }

    private static void assertEnds(Matcher pid) throws Exception {
        var process = ProcessHandle.of(Long.parseLong(pid.group(1)));
        if (process.isPresent()) {
            process.get().onExit().get(20, TimeUnit.SECONDS);
        }
    }
}
