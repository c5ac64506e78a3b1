package udp.it.kit;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import udp.contract.Rule;
import udp.contract.Subprocess;
import udp.contract.TestMessages;
import udp.internal.cli.CommandLine;
import udp.internal.cli.LossyOutput;
import udp.internal.cli.Option;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;
import udp.internal.cli.Values;
import udp.it.kit.report.ReportFolder;
import udp.it.kit.report.RuleResults;
import udp.it.kit.run.ContractRun;
import udp.it.kit.run.ContractRunner;
import udp.it.kit.support.Preflight;

/** The kit as a program: {@code java -jar udp-it.jar check}. */
public final class CheckCommand {
    private static final Program PROGRAM = new Program(
            "udp-it check",
            """
            usage: java -jar udp-it.jar check OPTION...
            Checks a transport, a processor, a server or a client against the rules;
            exit status 0 if all pass, 1 if some fail, 2 if it cannot start.
            """,
            Stream.of(
                            Subject.options(),
                            Subject.programOptions(),
                            Stream.of(
                                    new Option(
                                            '\0',
                                            "receiver",
                                            "COMMAND",
                                            "the other side, as \"./receive {port} {file}\""),
                                    new Option('\0', "class-path", "PATH", "jars and folders, as for java"),
                                    new Option(
                                            '\0', "role", "ROLE", "server or client, for --transport (default both)"),
                                    new Option('\0', "expect", "NAME", "the processor that names the right replies"),
                                    new Option(
                                            '\0', "loss", "P", "how likely a client's datagram is lost for rule C.17"),
                                    new Option('\0', "seed", "N", "repeats the requests of an earlier run"),
                                    new Option(
                                            '\0', "report", "DIR", "write a page, JUnit XML and results.json there")))
                    .flatMap(options -> options)
                    .toList(),
            List.of());

    private final Shell shell;
    private final CommandLine line;

    private CheckCommand(Shell shell, CommandLine line) {
        this.shell = shell;
        this.line = line;
    }

    /** Runs the program and returns its exit status. */
    public static int run(Shell shell, List<String> arguments) {
        return PROGRAM.run(shell, arguments, line -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            try (URLClassLoader loader = new URLClassLoader(line.get("class-path", new URL[0], CheckCommand::urls))) {
                thread.setContextClassLoader(loader);
                return new CheckCommand(shell, line).run();
            } finally {
                thread.setContextClassLoader(before);
            }
        });
    }

    private int run() throws IOException {
        Subject subject = Subject.of(line);
        // Standard output is for the results, not for what the checked code prints.
        PrintStream out = System.out;
        PrintStream err = System.err;
        Preflight.say(shell.err());
        PrintStream checkedOut = CheckedOutput.to(shell.err());
        PrintStream checkedErr = CheckedOutput.to(shell.err());
        System.setOut(checkedOut);
        System.setErr(checkedErr);
        try {
            String value = line.get(subject.option().name(), null, Values::name);
            TestMessages.setSeed(line.number("seed", "a seed", 0, 999_999_999, (int) TestMessages.seed()));
            String seed = "--seed " + TestMessages.seed();
            List<ContractRun> runs = prepareUnlessItEnds(subject, value);
            String name = subject.option().name().replace("-class", "") + " " + value + ", " + seed;
            return check(name, subject.rules(), runs);
        } finally {
            checkedOut.flush();
            checkedErr.flush();
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Prepares the runs. If the checked code calls System.exit(0) as it is loaded, that does not look like success. */
    private List<ContractRun> prepareUnlessItEnds(Subject subject, String value) {
        Thread atExit = new Thread(this::endTooEarly, "udp-it exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            return UsageException.orRefuse(() -> subject.prepare(value, line));
        } finally {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }

    private void endTooEarly() {
        Subprocess.endAll();
        shell.err()
                .println(PROGRAM.name()
                        + ": ended before anything was checked, by a signal or by System.exit in what is checked");
        shell.err().flush();
        LossyOutput.awaitAll();
        Runtime.getRuntime().halt(Program.WRONG_USAGE);
    }

    private int check(String subject, List<Rule> rules, List<ContractRun> runs) throws IOException {
        String directory = line.get("report", null, Values::name);
        ReportFolder report = directory == null ? null : new ReportFolder(Path.of(directory));
        ContractRunner runner = new ContractRunner(subject, rules, results -> writeSoFar(report, results));
        Thread atExit = new Thread(() -> breakOff(runner, report), "udp-it exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        runs.forEach(runner::run);
        Runtime.getRuntime().removeShutdownHook(atExit);
        RuleResults results = runner.results();
        shell.out().println("requests: --seed " + TestMessages.seed() + " repeats them");
        shell.out().print(results.table());
        write(report, results);
        return results.isFull() ? Program.DONE : Program.FAILED;
    }

    private static void write(ReportFolder report, RuleResults results) {
        if (report != null) {
            report.write(results);
        }
    }

    /** Writes the results so far. A failure does not matter yet, since they are written again. */
    private static void writeSoFar(ReportFolder report, RuleResults results) {
        try {
            write(report, results);
        } catch (UncheckedIOException e) {
            // The disk is full, for example. The last time, the failure is thrown.
        }
    }

    /** Ends the JVM with what is known if the checked code ends it. */
    private void breakOff(ContractRunner runner, ReportFolder report) {
        Subprocess.endAll();
        RuleResults results = runner.brokenOff();
        writeSoFar(report, results);
        shell.out().print(results.table());
        shell.out().flush();
        LossyOutput.awaitAll();
        Runtime.getRuntime().halt(Program.FAILED);
    }

    private static URL[] urls(String classPath) {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (!Files.exists(path)) {
                throw new IllegalArgumentException("'" + entry + "' does not exist");
            }
            try {
                urls.add(path.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException("'" + entry + "' is no path", e);
            }
        }
        return urls.toArray(URL[]::new);
    }
}
