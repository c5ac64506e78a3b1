package udp.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import udp.api.cli.Program;
import udp.api.cli.Shell;
import udp.api.cli.UsageException;
import udp.api.cli.Values;

/** Server and client in one process: the main job over loopback for every pair of transports. */
public final class Main {
    private static final Program PROGRAM = new Program("udp-it", """
            usage: java -jar udp-it.jar [OPTION] [SENTENCE]
            Sends SENTENCE (or a line of standard input, or one of its own) from every
            client transport to every server transport over loopback.
            """, List.of(), List.of("sentence"));

    private Main() {}

    /**
     * Runs the program and ends the JVM with its exit status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(Shell.system(), arguments));
    }

    static int run(Shell shell, String... arguments) {
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
        if (!shell.terminal().test(Shell.IN)) {
            String line = new BufferedReader(new InputStreamReader(shell.in(), UTF_8)).readLine();
            if (line != null) {
                return line;
            }
        }
        return "hello, world";
    }
}
