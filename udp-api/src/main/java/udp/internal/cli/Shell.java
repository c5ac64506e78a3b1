package udp.internal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * What a program gets from whoever starts it, so that a test can be that.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param property gives the value of a system property, or null
 * @param variable gives the value of an environment variable, or null
 * @param terminal whether file descriptor 0, 1 or 2 is a terminal
 */
public record Shell(
        InputStream in,
        PrintStream out,
        PrintStream err,
        UnaryOperator<String> property,
        UnaryOperator<String> variable,
        IntPredicate terminal) {
    /** Standard input. */
    public static final int IN = 0;

    /** Standard output. */
    public static final int OUT = 1;

    /** Standard error. */
    public static final int ERR = 2;

    /**
     * The one that this process was started from.
     *
     * @return the system's streams, properties and environment
     */
    public static Shell system() {
        InputStream in = isJvmFile(IN) ? InputStream.nullInputStream() : System.in;
        return new Shell(in, System.out, System.err, System::getProperty, System::getenv, Shell::isTerminal);
    }

    /**
     * Whether what is written there may be coloured: to a terminal that is not a dumb one, unless the environment has a
     * {@code NO_COLOR} that is not empty (no-color.org).
     *
     * @param descriptor {@link #OUT} or {@link #ERR}
     * @return whether to use colours
     */
    public boolean showsColours(int descriptor) {
        String refusal = variable.apply("NO_COLOR");
        String kind = variable.apply("TERM");
        return terminal.test(descriptor)
                && (refusal == null || refusal.isEmpty())
                && kind != null
                && !kind.equals("dumb");
    }

    /** Started with standard input closed, a JVM gets that descriptor for a file of its own, not meant to be read here. */
    private static boolean isJvmFile(int descriptor) {
        try {
            return file(descriptor)
                    .startsWith(Path.of(System.getProperty("java.home")).toRealPath());
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return false;
        }
    }

    private static boolean isTerminal(int descriptor) {
        try {
            // System.console() knows only whether input and output are both terminals
            String file = file(descriptor).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return System.console() != null;
        }
    }

    private static Path file(int descriptor) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
    }
}
