package udp.internal.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process environment: standard streams, properties, variables, terminals. Tests override its methods. */
public class Shell {
    /** The file descriptor of standard input, as {@link #isTerminal} takes it; likewise those of the two outputs. */
    public static final int IN = 0;

    public static final int OUT = 1;
    public static final int ERR = 2;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    /** Takes the standard streams. */
    public Shell(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Returns the environment that this process was started in. */
    public static Shell system() {
        try {
            System.setErr(LossyOutput.around(System.err)); // The handlers of the log write there too.
        } catch (SecurityException e) {
            // Under a security manager the program is about to end with a line that may block.
        }
        return new Shell(isJvmFile(IN) ? InputStream.nullInputStream() : System.in, System.out, System.err);
    }

    public InputStream in() {
        return in;
    }

    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    /** Returns a system property, or null. */
    public String property(String name) {
        return System.getProperty(name);
    }

    /** Returns an environment variable, or null. */
    public String variable(String name) {
        return System.getenv(name);
    }

    /** Returns whether a file descriptor is a terminal. */
    public boolean isTerminal(int descriptor) {
        try {
            String file = file(descriptor).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return isConsoleTerminal(); // That is, input and output are both terminals.
        }
    }

    /** Asks {@code Console.isTerminal} where it exists: from Java 22 on, there may be a console for a pipe too. */
    private static boolean isConsoleTerminal() {
        Console console = System.console();
        try {
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Returns whether an output may be coloured: a terminal that shows colours, without NO_COLOR (no-color.org). */
    public final boolean showsColours(int descriptor) {
        String kind = variable("TERM");
        String refusal = variable("NO_COLOR");
        boolean isRefused = refusal != null && !refusal.isEmpty();
        return isTerminal(descriptor) && !isRefused && kind != null && !kind.equals("dumb");
    }

    /** Returns whether the JVM, started without this descriptor, has opened a file of the JDK as it. */
    private static boolean isJvmFile(int descriptor) {
        try {
            return file(descriptor)
                    .startsWith(Path.of(System.getProperty("java.home")).toRealPath());
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return false;
        }
    }

    private static Path file(int descriptor) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
    }
}
