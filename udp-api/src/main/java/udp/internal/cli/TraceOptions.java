package udp.internal.cli;

import java.io.OutputStream;
import java.util.List;
import udp.internal.trace.Trace;

/** The options of both programs for showing the socket calls. */
public final class TraceOptions {
    public static final List<Option> ALL = List.of(
            new Option('\0', "trace", null, "show each socket call on standard error"),
            new Option('\0', "hexdump", null, "the same, with the bytes"),
            new Option('\0', "trace-file", "F", "write each socket call to F, as JSON lines"),
            new Option('\0', "trace-limit", "MB", "end F at so many megabytes (default 1000)"));

    private static final int DEFAULT_LIMIT = 1000;

    private TraceOptions() {}

    /** Starts the trace that a command line with {@link #ALL} among its options asks for, perhaps {@link Trace#NONE}. */
    public static Trace open(CommandLine line, Shell shell, String program) {
        OutputStream file = file(line, "trace-file", OutputStream.nullOutputStream());
        boolean shown = line.has("trace") || line.has("hexdump");
        if (!shown && !line.has("trace-file")) {
            return Trace.NONE;
        }
        return Trace.start(program, shell.err(), shown, shell.showsColours(Shell.ERR), line.has("hexdump"), file);
    }

    /** Returns a file that an option names, with the limit of {@code --trace-limit}, or the fallback. */
    public static OutputStream file(CommandLine line, String option, OutputStream fallback) {
        int limit = line.number("trace-limit", "a number of megabytes", 1, 999_999_999, DEFAULT_LIMIT);
        // Without this look, each start would load the class of a lambda.
        return line.has(option) ? line.get(option, fallback, name -> LimitedFile.open(name, limit)) : fallback;
    }
}
