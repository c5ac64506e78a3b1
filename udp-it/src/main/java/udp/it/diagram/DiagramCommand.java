package udp.it.diagram;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import udp.internal.cli.CommandLine;
import udp.internal.cli.Option;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.Values;
import udp.internal.text.Printable;

/** The command {@code diagram}: a sequence diagram of the trace files of clients, a relay and a server. */
public final class DiagramCommand {
    private static final List<String> OPERANDS =
            IntStream.rangeClosed(1, 100).mapToObj(number -> "trace-" + number).toList();

    private static final int MIN_WIDTH = 40;
    private static final int MAX_WIDTH = 1000;

    private static final Program PROGRAM = new Program(
            "udp-it diagram",
            """
            usage: java -jar udp-it.jar diagram [OPTION] FILE...
            Draws one sequence diagram of what --trace-file wrote: the file of a relay,
            alone or with files of clients and of a server, or files of clients and of a
            server without a relay. Their order does not matter.
            """,
            List.of(
                    new Option('\0', "html", "F", "write all to F too, as a page for a browser"),
                    new Option('\0', "width", "N", "draw in N columns (default: COLUMNS, else 80)"),
                    new Option('\0', "last", "N", "show only the last N datagrams"),
                    new Option('\0', "client", "A", "show only a client, by address, port or ADDRESS:PORT"),
                    new Option('\0', "only-lost", null, "show only what was lost, late, doubled or changed")),
            OPERANDS);

    private DiagramCommand() {}

    /** Runs the command with the arguments behind its name, and returns the exit status. */
    public static int run(Shell shell, List<String> arguments) {
        return PROGRAM.run(shell, arguments, line -> {
            int width = width(line, shell);
            Sequence sequence = Sequence.of(TraceFile.merge(files(line), shell.err()));
            if (line.has("html")) {
                line.get("html", null, name -> write(line, name, HtmlDiagram.of(sequence)));
            }
            Sequence chosen = Selection.of(line, sequence);
            shell.out().print(TextDiagram.of(chosen, width, shell.showsColours(Shell.OUT)));
            return Program.DONE;
        });
    }

    private static List<String> files(CommandLine line) {
        return OPERANDS.stream()
                .filter(line::has)
                .map(name -> line.get(name, null, Values::name))
                .toList();
    }

    private static int width(CommandLine line, Shell shell) {
        String columns = shell.variable("COLUMNS");
        boolean isNumber = columns != null && columns.matches("[0-9]{1,6}");
        int terminal = isNumber ? Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, Integer.parseInt(columns))) : 80;
        return line.number("width", "a number of columns", MIN_WIDTH, MAX_WIDTH, terminal);
    }

    private static Path write(CommandLine line, String name, String page) {
        try {
            Path path = Path.of(Values.name(name));
            for (String input : files(line)) {
                if (Files.exists(path) && Files.isSameFile(path, Path.of(input))) {
                    throw new IllegalArgumentException(
                            "'" + Printable.line(name) + "' is a trace to read; name another");
                }
            }
            return Files.writeString(path, page, UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("cannot write '" + Printable.line(name) + "': " + Printable.failure(e));
        }
    }
}
