package udp.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static udp.it.Jvm.jar;
import static udp.it.Jvm.java;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.it.grade.GradeCommand;
import udp.test.TestShell;

/** A class of submissions, good and hostile, whose table is known. */
class GradeIT {
    private static final Path ASSIGNMENT = Path.of("assignments/1-processor");
    private static final String CODE = "Backwards.java";

    /** The table; {@code ;} stands for the space between columns. */
    private static final String TABLE = """
            student;score;MUST;SHOULD;remark
            \\u001b[2J;0 of 10;0 of 10;0 of 0;'\\u001b[2J' is no name for a file
            <b>x;0 of 10;0 of 10;0 of 0;it does not compile: Backwards.java:1: error: *
            =1+2;10 of 10;10 of 10;0 of 0;
            absent;0 of 10;0 of 10;0 of 0;expected Backwards.java, but there is Other.java
            bomb;0 of 10;0 of 10;0 of 0;it has more than 50 MB
            empty;0 of 10;0 of 10;0 of 0;there are no files in it
            file;10 of 10;10 of 10;0 of 0;
            halts;0 of 10;0 of 10;0 of 0;it keeps no rule: *
            links;10 of 10;10 of 10;0 of 0;symbolic links are left out: all
            slip;0 of 10;0 of 10;0 of 0;'../../slipped' leads out of the submission
            starter;0 of 10;0 of 10;0 of 0;it keeps no rule: *this part is not written yet
            wrong;8 of 10;8 of 10;0 of 0;fails P.5, P.11
            zip;10 of 10;10 of 10;0 of 0;
            """;

    private final TestShell shell = new TestShell();

    @TempDir
    Path home;

    @Test
    void aClassWithHostileSubmissionsHasItsTableAlsoIfItIsStoppedOnTheWay() throws Exception {
        Path submissions = Files.createDirectory(home.resolve("submissions"));
        submit(submissions);
        List<Path> before = contents(home);
        Path report = home.resolve("report");
        List<String> arguments = arguments("1", "submissions", "report");

        int kept = stopAfterTheFirst(program(arguments), report);
        assertEquals(0, GradeCommand.run(shell.shell(), arguments), shell.err());

        assertTable(shell.out());
        assertFalse((shell.out() + shell.err()).contains("\u001b"), shell.out());
        assertEquals(kept, shell.err().split("as before", -1).length - 1, shell.err());
        String page = Files.readString(report.resolve("index.html"));
        String csv = Files.readString(report.resolve("grades.csv"));
        assertTrue(page.contains("&lt;b&gt;x") && !page.contains("<b>x") && !page.contains("\u001b"), page);
        assertTrue(csv.contains("\"'=1+2\",10,10,10,10,0,0,") && !csv.contains("\u001b"), csv);
        for (String link : page.split("href=\"")) {
            assertTrue(link.startsWith("<!DOC") || Files.exists(report.resolve(link.split("\"")[0])), link);
        }
        assertTrue(Files.readString(report.resolve("zip/results.json")).contains("\"status\": \"passed\""));
        assertEquals(before, contents(home));
    }

    @Test
    void whatThisComputerLacksTakesNoPoints() throws Exception {
        write(Files.createDirectory(home.resolve("submissions")), "ann", "ask.py", "print()");
        Jvm.Result result =
                Jvm.run(new byte[0], program(arguments("3", "submissions", "report")), Map.of("PATH", home.toString()));
        assertEquals(1, result.status());
        assertTrue(result.err().contains("[1/1] ann: no result: this computer has no python3"), result.err());
        assertFalse(Files.exists(home.resolve("report/ann/grade.json")));
    }

    @Test
    void aBuildSeesNoSecretOfTheTeacherAndCanWriteIntoItsHome() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "This computer has no /bin/sh.");
        write(
                Files.createDirectory(home.resolve("submissions")),
                "ann",
                "build.sh",
                ": >\"$HOME/cache\" && echo \"secret=$SECRET\"; exit 1");
        List<String> command = program(arguments("2", "submissions", "report"));
        command.addAll(List.of("--compile", "sh build.sh"));
        Jvm.Result result = Jvm.run(new byte[0], command, Map.of("SECRET", "known", "HOME", home.toString()));
        assertTrue(result.out().stripTrailing().endsWith("it does not compile: secret="), result::out);
    }

    @ParameterizedTest
    @CsvSource({
        "1, submissions, submissions, has the submissions in it",
        "1, submissions, ., has the submissions in it",
        "1, submissions, other, has other files in it",
        "1, submissions, results, has the results of assignment 2-pinger with --seed 5",
        "6, submissions, new, no such assignment: '6'",
        "1, nowhere, new, nowhere' is no folder",
        "1, other/empty, new, there is no submission in"
    })
    void aFolderWithOtherFilesIsRefused(String assignment, String submissions, String report, String refusal)
            throws Exception {
        write(Files.createDirectory(home.resolve("submissions")), "ann", CODE, "");
        Files.createDirectories(home.resolve("other/empty"));
        Files.createDirectory(home.resolve("results"));
        Files.writeString(home.resolve("results/grade.json"), "{\"assignment\": \"2-pinger\", \"seed\": 5}");
        assertEquals(2, GradeCommand.run(shell.shell(), arguments(assignment, submissions, report)));
        assertTrue(shell.err().contains(refusal), shell.err());
        assertTrue(Files.exists(home.resolve("submissions/ann").resolve(CODE)));
    }

    private List<String> arguments(String assignment, String submissions, String report) {
        return List.of(
                assignment,
                home.resolve(submissions).toString(),
                "--report",
                home.resolve(report).toString(),
                "--seed",
                "1");
    }

    /** Returns the command that runs the program in its own process. */
    private static List<String> program(List<String> arguments) {
        List<String> command = java("-jar", jar("it"), "grade");
        command.addAll(arguments);
        return command;
    }

    private void submit(Path submissions) throws IOException {
        String solution = Files.readString(ASSIGNMENT.resolve("solution").resolve(CODE));
        write(submissions, "=1+2", CODE, solution);
        write(submissions, "<b>x", CODE, "<script>alert(1)</script>");
        Files.writeString(submissions.resolve("\u001b[2J"), "no program");
        write(submissions, "absent", "Other.java", "class Other {}");
        zip(submissions.resolve("bomb.zip"), "zeros", new byte[60 << 20]);
        Files.createDirectories(submissions.resolve("empty/folder"));
        Files.writeString(submissions.resolve("file.java"), solution);
        write(submissions, "halts", CODE, solution.replaceFirst("\\{", "{ static { Runtime.getRuntime().halt(0); }"));
        write(submissions, "links", CODE, solution);
        Files.createSymbolicLink(submissions.resolve("links/all"), Path.of("/"));
        zip(submissions.resolve("slip.zip"), "../../slipped", new byte[1]);
        write(submissions, "starter", CODE, Files.readString(ASSIGNMENT.resolve(CODE)));
        write(submissions, "wrong", CODE, solution.replace("return new", "sentence.charAt(0); return new"));
        zip(submissions.resolve("zip.zip"), "ann/src/" + CODE, solution.getBytes(UTF_8));
    }

    private static void write(Path submissions, String student, String file, String content) throws IOException {
        Files.writeString(Files.createDirectory(submissions.resolve(student)).resolve(file), content);
    }

    private static void zip(Path file, String name, byte[] content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("__MACOSX/._" + CODE));
            zip.write(1);
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
    }

    /** Stops a run once the first result is there, and returns how many were kept. */
    private static int stopAfterTheFirst(List<String> command, Path report) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("[1/")) {
                line = lines.readLine();
            }
            process.toHandle().destroy();
            String rest = String.join("\n", lines.lines().toList());
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), rest);
            assertTrue(rest.contains("the same command goes on"), rest);
        } finally {
            process.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(report, 2)) {
            int kept = (int) files.filter(file -> file.endsWith("grade.json")).count() - 1;
            assertTrue(kept >= 1 && kept < TABLE.lines().count() - 1, kept + " kept");
            return kept;
        }
    }

    private static void assertTable(String table) {
        String[] rows = table.split("\r?\n");
        String[] expected = TABLE.split("\n");
        assertEquals(expected.length, rows.length, table);
        for (int i = 0; i < rows.length; i++) {
            String row = rows[i].replaceAll(" {2,}", ";");
            String pattern = expected[i]
                    .replaceFirst(";$", "")
                    .replaceAll("[^*]+", "\\\\Q$0\\\\E")
                    .replace("*", ".*");
            assertTrue(row.matches(pattern), row + " is not " + pattern);
        }
    }

    private static List<Path> contents(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !folder.relativize(file).startsWith("report"))
                    .sorted()
                    .toList();
        }
    }
}
