package udp.it.kit;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import udp.contract.Rule;
import udp.contract.TestMessages;
import udp.internal.cli.CommandLine;
import udp.internal.cli.LossyOutput;
import udp.internal.cli.Option;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;
import udp.internal.cli.Values;
import udp.internal.text.Printable;
import udp.it.kit.fates.FatesCheck;
import udp.it.kit.report.ReportFolder;
import udp.it.kit.report.RuleResults;
import udp.it.kit.run.CheckLimits;
import udp.it.kit.run.CheckedClasses;
import udp.it.kit.run.CheckedJvm;
import udp.it.kit.run.ContractRun;
import udp.it.kit.run.ContractRunner;
import udp.it.kit.run.RuleTally;
import udp.it.kit.run.TestEvents;

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
                                    new Option(
                                            '\0',
                                            "fates",
                                            "N",
                                            "all networks with up to N faults, or \"c1=lose s2=twice\""),
                                    new Option(
                                            'v', "verbose", null, "show the datagrams of each failure, as a diagram"),
                                    new Option('\0', "seed", "N", "repeats the requests of an earlier run"),
                                    new Option('\0', "report", "DIR", "write a page, JUnit XML and results.json there"),
                                    new Option(
                                            '\0',
                                            "memory",
                                            "MB",
                                            "memory for each process of what is checked (default 2048)"),
                                    new Option('\0', "output", "MB", "how much of its output is shown (default 1)"),
                                    new Option('\0', "time", "DURATION", "limit of the whole check (default 10m)"),
                                    new Option('\0', "user", "NAME", "run it as this user; needs root and runuser")))
                    .flatMap(options -> options)
                    .toList(),
            List.of());

    private static final int DEFAULT_MEMORY = 2048;
    private static final Duration DEFAULT_TIME = Duration.ofMinutes(10);

    private CheckCommand() {}

    /** Runs the program and returns its exit status. */
    public static int run(Shell shell, List<String> arguments) {
        return PROGRAM.run(shell, arguments, line -> {
            Path directory = line.get("report", null, text -> Path.of(Values.name(text)));
            ReportFolder report = directory == null ? null : new ReportFolder(directory);
            line.get("class-path", null, CheckCommand::urls);
            Subject subject = Subject.of(line);
            String value = line.get(subject.option().name(), null, Values::name);
            String seed = "--seed=" + seed(line);
            RuleTally tally = new RuleTally(
                    subject.option().name().replace("-class", "") + " " + value + ", " + seed.replace('=', ' '),
                    rules(subject, line));
            try (CheckProgress progress = new CheckProgress(shell, tally::progress);
                    CheckedJvm jvm = new CheckedJvm(
                            CheckedMain.class,
                            forward(line, seed),
                            subject.isClass(),
                            tally,
                            limits(line),
                            shell.err())) {
                Thread atExit = new Thread(() -> breakOff(jvm, tally, report, shell, line), "udp-it exit");
                Runtime.getRuntime().addShutdownHook(atExit);
                try {
                    progress.start();
                    jvm.run();
                } finally {
                    removeUnlessItRuns(atExit);
                }
            } catch (IOException e) {
                throw new UsageException("cannot start what is checked: " + Printable.failure(e));
            }
            RuleResults results = tally.results();
            tell(tally, report, shell, line);
            return results.isFull() ? Program.DONE : Program.FAILED;
        });
    }

    /** Prepares and runs the tests, in the JVM that this program starts. */
    static void runChecked(Shell shell, List<String> arguments, TestEvents events, Set<String> begun) {
        CommandLine line = CommandLine.parse(PROGRAM.options(), List.of(), arguments, shell);
        if (line.has("class-path")) {
            Thread.currentThread()
                    .setContextClassLoader(CheckedClasses.of(line.get("class-path", null, CheckCommand::urls)));
        }
        TestMessages.setSeed(seed(line));
        Subject subject = Subject.of(line);
        String value = line.get(subject.option().name(), null, Values::name);
        List<ContractRun> runs = UsageException.orRefuse(() -> subject.prepare(value, line));
        if (fates(line) != null) {
            FatesCheck.run(runs.get(0).input(), rules(subject, line), fates(line), events);
            return;
        }
        ContractRunner runner = new ContractRunner(events, begun);
        runner.plan(runs);
        runs.forEach(runner::run);
    }

    private static List<Rule> rules(Subject subject, CommandLine line) {
        return fates(line) == null || subject == Subject.CLIENT_CLASS
                ? subject.rules()
                : FatesCheck.rules(subject.rules());
    }

    /** Returns the value of {@code --fates}, or null: a client's class is checked on all networks unless it says which. */
    private static String fates(CommandLine line) {
        String ofClass = line.has(Subject.CLIENT_CLASS.option().name()) ? FatesCheck.ALL : null;
        return line.get("fates", ofClass, FatesCheck::value);
    }

    private static int seed(CommandLine line) {
        return line.number("seed", "a seed", 0, 999_999_999, (int) TestMessages.seed());
    }

    private static List<String> forward(CommandLine line, String seed) {
        Stream<String> given = PROGRAM.options().stream()
                .map(Option::name)
                .filter(name -> line.has(name) && !name.matches("report|seed|verbose"))
                .map(name -> "--" + name + "="
                        + line.get(name, null, name.equals("class-path") ? CheckedJvm::absolute : text -> text));
        return Stream.concat(given, Stream.of(seed)).toList();
    }

    /** Returns the command that checks the same on one network, up to the value of its last option. */
    private static String again(CommandLine line) {
        String classPath = System.getProperty("java.class.path");
        StringBuilder again = new StringBuilder("java -jar ")
                .append(classPath.matches("[^:; ]+\\.jar") ? classPath : "udp-it.jar")
                .append(" check");
        PROGRAM.options().stream()
                .map(Option::name)
                .filter(name -> line.has(name) && !name.matches("report|seed|verbose|fates"))
                .forEach(name -> again.append(
                        " --" + name + " '" + line.get(name, null, Values::name).replace("'", "'\\''") + "'"));
        return again + " --seed " + seed(line) + " --fates ";
    }

    private static CheckLimits limits(CommandLine line) {
        return new CheckLimits(
                line.number("memory", "a number of megabytes", 64, 1 << 20, DEFAULT_MEMORY),
                line.number("output", "a number of megabytes", 1, 1 << 20, 1),
                line.duration("time", DEFAULT_TIME),
                line.name("user", null));
    }

    private static void tell(RuleTally tally, ReportFolder report, Shell shell, CommandLine line) {
        RuleResults results = tally.results();
        shell.out().println("requests: " + results.subject().replaceFirst(".*, (?=--seed )", "") + " repeats them");
        shell.out()
                .print(
                        fates(line) != null
                                ? FatesCheck.text(results, tally.lastNote(), again(line))
                                : results.table(line.has("verbose")));
        if (report != null) {
            report.write(results);
        }
    }

    private static void removeUnlessItRuns(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            while (true) { // It ends the JVM.
                LockSupport.park();
            }
        }
    }

    /** Ends the JVM, which a signal ends, with what is known. */
    private static void breakOff(CheckedJvm jvm, RuleTally tally, ReportFolder report, Shell shell, CommandLine line) {
        tally.breakOff("a signal ended it");
        jvm.close();
        try {
            tell(tally, report, shell, line);
        } finally {
            shell.out().flush();
            LossyOutput.awaitAll();
            Runtime.getRuntime().halt(Program.FAILED);
        }
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
