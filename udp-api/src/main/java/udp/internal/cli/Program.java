package udp.internal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import udp.internal.text.Printable;

/** A program with a {@code main} method: its name, its usage text, its own options, the names of its operands. */
public record Program(String name, String usage, List<Option> options, List<String> operands) {
    /** The exit statuses: success; the network failed; wrong usage, also a name or a host that nobody knows. */
    public static final int DONE = 0;

    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;

    /** The work of a program, which returns the exit status; the message of its exception is for the user. */
    @FunctionalInterface
    public interface Body {
        int run(CommandLine line) throws IOException;
    }

    /** Runs the program and turns a failure into one line on standard error and an exit status. */
    public int run(Shell shell, List<String> arguments, Body body) {
        try {
            CommandLine line = CommandLine.parse(options, operands, arguments, shell);
            if (line.has("help")) {
                shell.out().print(help());
                return DONE;
            }
            if (line.has("version")) {
                shell.out().println(name + " " + version() + ", Java " + System.getProperty("java.version"));
                return DONE;
            }
            int status = body.run(line);
            if (shell.out().checkError() && status == DONE) {
                throw new IOException("standard output could not be written"); // The disk is full, or nobody reads.
            }
            return status;
        } catch (IOException | RuntimeException | Error e) {
            shell.err().println(name + ": " + Printable.line(report(e)));
            return e instanceof UsageException ? WRONG_USAGE : FAILED;
        } finally {
            shell.out().flush();
            shell.err().flush();
            LossyOutput.awaitAll();
        }
    }

    private static String report(Throwable e) {
        if (e instanceof UncheckedIOException && e.getCause().getMessage() != null) {
            return report(e.getCause());
        }
        if (e instanceof ExceptionInInitializerError && e.getCause() != null) {
            return report(e.getCause()); // such as "Too many open files"
        }
        if (e instanceof NoClassDefFoundError) {
            return "the JVM cannot load a class (" + e.getMessage() + "); allow more open files (ulimit -n)";
        }
        if (e instanceof OutOfMemoryError && String.valueOf(e.getMessage()).contains("thread")) {
            return "cannot start a thread (" + e.getMessage() + "); allow more (ulimit -u, pids.max of the cgroup)";
        }
        if (e instanceof OutOfMemoryError) {
            return "out of memory (" + e.getMessage() + "); ask for less, or allow more (java -Xmx)";
        }
        if (e instanceof SecurityException) {
            return "a security manager forbids it: " + Printable.failure(e) + "; permit it, or start Java without one";
        }
        boolean isExpected =
                e instanceof UsageException || e instanceof IOException || e instanceof UncheckedIOException;
        String todo = String.valueOf(e).contains("Too many open files") ? "; allow more of them (ulimit -n)" : "";
        return isExpected ? Printable.failure(e) + todo : "internal error, please report it: " + e;
    }

    private String help() {
        List<Option> all = Option.concat(options, Option.STANDARD);
        int width = all.stream().mapToInt(each -> each.usage().length()).max().orElse(0);
        boolean isModule = Program.class.getModule().isNamed(); // thus not run by java -jar
        StringBuilder help = new StringBuilder(isModule ? usage.replaceFirst("java -jar (\\S+)\\.jar", "$1") : usage);
        for (Option option : all) {
            if (option.help() != null) {
                help.append(String.format(Locale.ROOT, "  %-" + width + "s  %s\n", option.usage(), option.help()));
            }
        }
        return help.toString();
    }

    private static String version() {
        Module module = Program.class.getModule();
        String version = module.isNamed()
                ? module.getDescriptor().rawVersion().orElse(null)
                : Program.class.getPackage().getImplementationVersion();
        return version == null ? "(version unknown)" : version;
    }
}
