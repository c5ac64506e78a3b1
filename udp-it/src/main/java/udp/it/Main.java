package udp.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;
import udp.internal.cli.Values;
import udp.it.bench.BenchCommand;
import udp.it.diagram.DiagramCommand;
import udp.it.grade.GradeCommand;
import udp.it.kit.CheckCommand;
import udp.it.relay.ProxyCommand;
import udp.it.simulation.SimulateCommand;

/** Server and client in one process: an exchange over loopback for every pair of transports, and the other commands. */
public final class Main {
    private static final Program PROGRAM = new Program("udp-it", """
            usage: java -jar udp-it.jar [OPTION] [SENTENCE]
               or: java -jar udp-it.jar COMMAND [OPTION]...
            Sends SENTENCE (or a line of standard input, or "hello, world") from every
            client transport to every server transport over loopback. The COMMANDs are
              bench    measures the transports against each other and against other servers
              check    tells which rules a transport, processor, server or client breaks
              diagram  draws what --trace-file of clients, relay and server has recorded
              grade    checks the submissions of a class
              proxy    passes datagrams on as a bad network would
              simulate runs client and server on a network without sockets
            Each COMMAND has its own --help.
            """, List.of(), List.of("sentence"));

    private Main() {}

    /** Runs the program and ends the JVM with its exit status. */
    public static void main(String[] arguments) {
        System.exit(run(Shell.system(), arguments));
    }

    static int run(Shell shell, String... arguments) {
        List<String> rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        return switch (arguments.length == 0 ? "" : arguments[0]) {
            case "bench" -> BenchCommand.run(shell, rest);
            case "check" -> CheckCommand.run(shell, rest);
            case "diagram" -> DiagramCommand.run(shell, rest);
            case "grade" -> GradeCommand.run(shell, rest);
            case "proxy" -> ProxyCommand.run(shell, rest);
            case "simulate" -> SimulateCommand.run(shell, rest);
            default -> exchange(shell, arguments);
        };
    }

    private static int exchange(Shell shell, String... arguments) {
        return PROGRAM.run(shell, List.of(arguments), line -> {
            String sentence = line.get("sentence", null, Values::message);
            try {
                return new LoopbackMatrix(shell.out(), sentence == null ? read(shell) : sentence).run()
                        ? Program.DONE
                        : Program.FAILED;
            } catch (IllegalArgumentException e) {
                throw new UsageException(e.getMessage());
            }
        });
    }

    private static String read(Shell shell) throws IOException {
        if (!shell.isTerminal(Shell.IN)) {
            String line = new BufferedReader(new InputStreamReader(shell.in(), UTF_8)).readLine();
            if (line != null) {
                return line;
            }
        }
        return "hello, world";
    }
}
