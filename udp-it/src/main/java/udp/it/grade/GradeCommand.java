package udp.it.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import udp.contract.TestMessages;
import udp.internal.cli.CommandLine;
import udp.internal.cli.Option;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;
import udp.internal.cli.Values;

/** The grading of a class as a program: {@code java -jar udp-it.jar grade}. */
public final class GradeCommand {
    private static final List<String> LIMITS = List.of("memory", "output");

    private static final Program PROGRAM = new Program(
            "udp-it grade",
            """
            usage: java -jar udp-it.jar grade ASSIGNMENT SUBMISSIONS --report DIR [OPTION]...
            Compiles and checks the submissions of a class, and puts the results into DIR:
            index.html and grades.csv with a row for each, and a folder for each. ASSIGNMENT
            is 1 to 5, 4-socket or 4-channel. Each folder, zip file or file in SUBMISSIONS is
            a submission. If it was stopped, the same command goes on. Exit status 0 if
            all have a result, 1 if some have none, 2 if it cannot start.
            """,
            List.of(
                    new Option('\0', "report", "DIR", "the results (required)"),
                    new Option('\0', "only", "NAME", "grade this submission alone"),
                    new Option('\0', "port", "N", "the port that is built into the programs"),
                    new Option('\0', "stdin", "TEXT", "what the programs ask at their start, as for check"),
                    new Option('\0', "compile", "COMMAND", "builds a submission, in its folder"),
                    new Option('\0', "command", "COMMAND", "the program, in its folder (default: it is looked for)"),
                    new Option('\0', "receiver", "COMMAND", "the second program of assignment 5"),
                    new Option('\0', "jobs", "N", "how many at a time (default 2; 1 with --port)"),
                    new Option('\0', "seed", "N", "the requests for all (default: random, kept in DIR)"),
                    new Option('\0', "memory", "MB", "as for check"),
                    new Option('\0', "output", "MB", "as for check"),
                    new Option('\0', "time", "DURATION", "limit of a check (default 10m)"),
                    new Option('\0', "user", "NAME", "run them as this user (default, for root: nobody)")),
            List.of("assignment", "submissions"));

    private static final Duration DEFAULT_TIME = Duration.ofMinutes(10);
    private static final int MAX_END_SECONDS = 60;

    private GradeCommand() {}

    /** Runs the program and returns its exit status. */
    public static int run(Shell shell, List<String> arguments) {
        return PROGRAM.run(shell, arguments, line -> grade(shell, line));
    }

    private static int grade(Shell shell, CommandLine line) throws IOException {
        List<Assignment> parts = Assignment.parts(required(line, "assignment"));
        Path folder = Path.of(required(line, "submissions"));
        String directory = line.name("report", null);
        if (directory == null) {
            throw new UsageException("where do the results go? Give --report DIR");
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException("'" + folder + "' is no folder");
        }
        Path report = Path.of(directory).toAbsolutePath().normalize();
        if (folder.toRealPath().startsWith(report)
                || Files.exists(report) && folder.toRealPath().startsWith(report.toRealPath())) {
            throw new UsageException("--report: '" + directory + "' has the submissions in it: take another folder");
        }
        String only = line.name("only", null);
        List<Submission> submissions = Submission.in(folder).stream()
                .filter(each -> only == null || each.name().equals(only))
                .filter(each -> !report.startsWith(each.path().toAbsolutePath().normalize()))
                .toList();
        if (submissions.isEmpty()) {
            throw new UsageException(
                    "there is no submission" + (only == null ? "" : " '" + only + "'") + " in '" + folder + "'");
        }
        if (!Files.exists(Path.of(SubmissionRights.java("javac")))
                && parts.get(0).isClass()) {
            throw new UsageException("this Java has no javac: run it with a JDK");
        }
        String assignment = parts.stream().map(Assignment::toString).collect(Collectors.joining(" and "));
        int seed = line.number("seed", "a seed", 0, 999_999_999, (int) TestMessages.seed());
        ClassReport classReport = new ClassReport(report, assignment, seed, line.has("seed"));
        GradeOptions options = options(line, classReport.seed());
        int jobs = line.number("jobs", "a number of submissions", 1, 64, line.has("port") ? 1 : 2);
        String user = options.rights().user();
        shell.err()
                .println(submissions.size() + " submissions of " + assignment + ", "
                        + (user == null ? "with your rights" : "as the user " + user) + ", --seed "
                        + classReport.seed());
        try {
            List<Grade> grades = new ClassGrading(parts, options, submissions, classReport, shell.err(), jobs).run();
            shell.out().print(ClassReport.table(grades));
            return grades.size() == submissions.size() ? Program.DONE : Program.FAILED;
        } catch (InterruptedException e) {
            throw new IOException("it was interrupted", e);
        }
    }

    private static String required(CommandLine line, String operand) {
        String value = line.name(operand, null);
        if (value == null) {
            throw new UsageException("give ASSIGNMENT and SUBMISSIONS; see --help");
        }
        return value;
    }

    private static GradeOptions options(CommandLine line, int seed) throws IOException {
        Duration time = line.duration("time", DEFAULT_TIME);
        SubmissionRights rights =
                line.has("user") ? SubmissionRights.of(line.name("user", null)) : SubmissionRights.least();
        List<String> ofChecks = new ArrayList<>(List.of("--seed=" + seed, "--time=" + time.toMillis() + "ms"));
        LIMITS.forEach(name -> add(ofChecks, line, name));
        if (rights.user() != null) {
            ofChecks.add("--user=" + rights.user());
        }
        List<String> ofPrograms = new ArrayList<>();
        List.of("port", "stdin").forEach(name -> add(ofPrograms, line, name));
        return new GradeOptions(
                rights,
                line.name("compile", null),
                Stream.of("command", "receiver")
                        .filter(line::has)
                        .map(name -> line.get(name, null, Values::name))
                        .toList(),
                ofPrograms,
                ofChecks,
                Math.toIntExact(time.toSeconds()) + MAX_END_SECONDS);
    }

    private static void add(List<String> arguments, CommandLine line, String name) {
        if (line.has(name)) {
            arguments.add("--" + name + "=" + line.get(name, null, text -> text));
        }
    }
}
