package udp.internal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** The process environment, replaceable in tests: standard streams, properties, variables, and who is a terminal. */
public record Shell(
        InputStream in,
        PrintStream out,
        PrintStream err,
        UnaryOperator<String> property,
        UnaryOperator<String> variable,
        IntPredicate terminal) {
    /** The file descriptor of standard input, as {@link #terminal} takes it; likewise those of the two outputs. */
    public static final int IN = 0;

    public static final int OUT = 1;
    public static final int ERR = 2;

    /** Returns the environment that this process was started in. */
    public static Shell system() {
        // A JVM that is started without standard input opens a file of the JDK as descriptor 0.
        boolean isJvmFile = target(IN).startsWith(System.getProperty("java.home"));
        InputStream in = isJvmFile ? InputStream.nullInputStream() : System.in;
        return new Shell(in, System.out, System.err, System::getProperty, System::getenv, Shell::isTerminal);
    }

    /** Returns whether an output may be coloured: a terminal that shows colours, without NO_COLOR (no-color.org). */
    public boolean showsColours(int descriptor) {
        String kind = variable.apply("TERM");
        String refusal = variable.apply("NO_COLOR");
        boolean isRefused = refusal != null && !refusal.isEmpty();
        return terminal.test(descriptor) && !isRefused && kind != null && !kind.equals("dumb");
    }

    private static boolean isTerminal(int descriptor) {
        String target = target(descriptor);
        return target.isEmpty()
                ? System.console() != null // That is, input and output are both terminals.
                : target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    }

    /** Returns the path of what a descriptor stands for, or an empty text if the system does not tell. */
    private static String target(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return "";
        }
    }
}
