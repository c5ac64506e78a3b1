package udp.it.kit;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import udp.api.MessageProcessor;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.internal.cli.CommandLine;
import udp.internal.cli.Option;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;
import udp.internal.cli.Values;

/** The kit as a program. */
public final class Check {
    private static final Program PROGRAM = new Program(
            "udp-it check",
            """
            usage: java -jar udp-it.jar check OPTION...
            Checks a transport, a processor, a server or a client against the rules;
            exit status 0 if all pass, 1 if some fail, 2 if it cannot start.
            """,
            List.of(
                    new Option('\0', "transport", "NAME", "a transport of the class path"),
                    new Option('\0', "transport-class", "CLASS", "a transport provider, which no file need name"),
                    new Option('\0', "processor", "NAME", "a processor of the class path, or its class"),
                    new Option('\0', "server", "COMMAND", "a program, as \"python3 server.py {port}\""),
                    new Option('\0', "client", "COMMAND", "a program, as \"./client {host} {port}\""),
                    new Option('\0', "pinger", "COMMAND", "a program, as \"./pinger {host} {port}\""),
                    new Option('\0', "sender", "COMMAND", "a program, as \"./send {host} {port} {file}\""),
                    new Option('\0', "receiver", "COMMAND", "the other side, as \"./receive {port} {file}\""),
                    new Option('\0', "class-path", "PATH", "jars and folders, as for java"),
                    new Option('\0', "role", "ROLE", "server or client, for --transport (default both)"),
                    new Option('\0', "expect", "NAME", "the processor that names the right answers"),
                    new Option('\0', "loss", "P", "how likely a client's datagram is lost for rule C.17"),
                    new Option('\0', "report", "DIR", "write a page, JUnit XML and results.json there")),
            List.of());

    private final Shell shell;
    private final CommandLine line;

    private Check(Shell shell, CommandLine line) {
        this.shell = shell;
        this.line = line;
    }

    /**
     * Runs the program.
     *
     * @param shell the streams and the settings
     * @param arguments the command line
     * @return the exit status
     */
    public static int run(Shell shell, List<String> arguments) {
        return PROGRAM.run(shell, arguments, line -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            try (URLClassLoader loader = new URLClassLoader(line.get("class-path", new URL[0], Check::urls))) {
                thread.setContextClassLoader(loader);
                return new Check(shell, line).run();
            } finally {
                thread.setContextClassLoader(before);
            }
        });
    }

    private int run() throws IOException {
        String kind = line.oneOf("transport", "transport-class", "processor", "server", "client", "pinger", "sender");
        if (kind == null) {
            throw new UsageException("nothing to check: give --transport, --transport-class, --processor, --server,"
                    + " --client, --pinger or --sender; see --help");
        }
        // what the checked code prints is not what was asked for
        PrintStream out = System.out;
        System.setOut(shell.err());
        try {
            String subject = line.get(kind, null, Values::name);
            List<Trial> trials = trialsUnlessItEnds(kind, subject);
            return examine(kind.replace("-class", "") + " " + subject, rules(kind), trials);
        } finally {
            System.setOut(out);
        }
    }

    /** Student's code may call System.exit(0) as soon as it is loaded, and that must not look like success. */
    private List<Trial> trialsUnlessItEnds(String kind, String subject) {
        Thread atExit = new Thread(this::endTooEarly, "udp-it exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            return UsageException.orRefuse(() -> trials(kind, subject));
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
        Runtime.getRuntime().halt(Program.WRONG_USAGE);
    }

    private int examine(String subject, List<Rule> rules, List<Trial> trials) throws IOException {
        String directory = line.get("report", null, Values::name);
        Report report = directory == null ? null : new Report(Path.of(directory));
        Examination examination = new Examination(subject, rules, score -> write(report, score));
        Thread atExit = new Thread(() -> breakOff(examination, report), "udp-it exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        trials.forEach(examination::run);
        Runtime.getRuntime().removeShutdownHook(atExit);
        Score score = examination.score();
        write(report, score);
        shell.out().print(score.table());
        return score.isFull() ? Program.DONE : Program.FAILED;
    }

    private static void write(Report report, Score score) {
        if (report != null) {
            report.write(score);
        }
    }

    /** As above, in the middle of it. */
    private void breakOff(Examination examination, Report report) {
        Subprocess.endAll();
        Score score = examination.brokenOff();
        write(report, score);
        shell.out().print(score.table());
        shell.out().flush();
        Runtime.getRuntime().halt(Program.FAILED);
    }

    private static List<Rule> rules(String kind) {
        String letter = switch (kind) {
            case "pinger" -> "A2";
            case "sender" -> "A5";
            default -> kind.substring(0, 1).toUpperCase(Locale.ROOT);
        };
        return Stream.of(Rule.values())
                .filter(rule -> rule.name().startsWith(letter))
                .toList();
    }

    private List<Trial> trials(String kind, String subject) {
        return switch (kind) {
            case "transport" -> transports(subject);
            case "transport-class" -> {
                TransportProvider provider = Providers.transportOfClass(subject);
                Startable.requireOpens(provider);
                yield Trial.of(provider, false);
            }
            case "processor" -> {
                Providers.processor(subject);
                yield List.of(Trial.ofProcessor(() -> Providers.processor(subject), expected(null)));
            }
            case "server" -> {
                Subprocess.requireRunnable(subject);
                Startable.requireStarts(
                        () -> ServerContract.start(subject, Peer.freePort(ServerContract.LOOPBACK), Subprocess.USUAL));
                yield List.of(Trial.ofServer(subject, expected("upper")));
            }
            case "pinger" -> {
                Subprocess.requireRunnable(subject);
                Startable.requireStarts(() -> PingerContract.startAndPing(subject));
                yield List.of(Trial.ofPinger(subject));
            }
            case "sender" -> {
                String receiver = line.get("receiver", null, Values::name);
                if (receiver == null) {
                    throw new UsageException("a sender is checked with its receiver: give --receiver");
                }
                Startable.requireFile(Subprocess.requireRunnable(subject));
                Startable.requireFile(Subprocess.requireRunnable(receiver));
                Startable.requireStarts(() -> FileTransferContract.startAndSend(subject));
                yield List.of(Trial.ofFileTransfer(subject, receiver));
            }
            default -> {
                double loss = line.get("loss", 0.0, Check::loss);
                Subprocess.requireRunnable(subject);
                Startable.requireStarts(() -> ClientContract.startAndAsk(subject));
                yield List.of(Trial.ofClient(subject, loss));
            }
        };
    }

    private List<Trial> transports(String name) {
        Role only = line.get("role", null, Check::role);
        List<TransportProvider> named = Stream.of(Role.values())
                .filter(role -> only == null || role == only)
                .flatMap(role -> Providers.transports(role).stream()
                        .filter(provider -> name.equals(provider.name()))
                        .limit(1))
                .toList();
        if (named.isEmpty()) {
            Providers.transport(only == null ? Role.SERVER : only, name); // which says what there is
        }
        named.forEach(Startable::requireOpens);
        return named.stream()
                .flatMap(provider -> Trial.of(provider, named.size() > 1).stream())
                .toList();
    }

    private MessageProcessor expected(String fallback) {
        String name = line.get("expect", fallback, Values::name);
        return name == null ? null : Providers.processor(name);
    }

    private static double loss(String text) {
        if (text.matches("0?\\.[0-9]{1,9}") && Double.parseDouble(text) > 0) {
            return Double.parseDouble(text);
        }
        throw new IllegalArgumentException("'" + text + "' is not more than 0 and less than 1");
    }

    private static Role role(String text) {
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is neither server nor client");
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
