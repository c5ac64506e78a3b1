package udp.internal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import udp.internal.text.Printable;

/**
 * What the {@code main} methods have in common.
 *
 * @param name the program's name, in front of its messages
 * @param usage how to call it and what it does, for {@code --help}
 * @param options its options besides {@code --help} and {@code --version}
 * @param operands the names of its operands
 */
public record Program(String name, String usage, List<Option> options, List<String> operands) {
    /** Exit status: done. */
    public static final int DONE = 0;

    /** Exit status: the network failed (no answer, refused, port in use). */
    public static final int FAILED = 1;

    /** Exit status: wrong usage (bad option, bad port, unknown name, host that does not resolve). */
    public static final int WRONG_USAGE = 2;

    static final Option HELP = new Option('h', "help", null, "print this help and exit");
    static final Option VERSION = new Option('\0', "version", null, "print the version and exit");

    /** What this program does and another does not. */
    @FunctionalInterface
    public interface Body {
        /**
         * Does the work.
         *
         * @param line the command line
         * @return the exit status
         * @throws IOException if the network failed; its message is for the user
         * @throws UsageException if the program was called wrongly
         */
        int run(CommandLine line) throws IOException;
    }

    /**
     * Runs the program and turns a failure into one line on standard error and an exit status.
     *
     * @param shell the streams and the settings
     * @param arguments the command line
     * @param body what it does unless asked for help or its version
     * @return the exit status
     */
    public int run(Shell shell, List<String> arguments, Body body) {
        try {
            List<Option> all = Option.concat(options, List.of(HELP, VERSION));
            CommandLine line = CommandLine.parse(all, operands, arguments, shell.property(), shell.variable());
            if (line.has(HELP.name())) {
                shell.out().print(help(all));
                return DONE;
            }
            if (line.has(VERSION.name())) {
                shell.out().println(name + " " + version() + ", Java " + System.getProperty("java.version"));
                return DONE;
            }
            int status = body.run(line);
            if (shell.out().checkError() && status == DONE) { // a full disk, a closed pipe
                return complain(shell, "standard output could not be written", FAILED);
            }
            return status;
        } catch (UsageException e) {
            return complain(shell, Printable.failure(e), WRONG_USAGE);
        } catch (IOException e) {
            return complain(shell, Printable.failure(e), FAILED);
        } catch (UncheckedIOException e) {
            return complain(shell, Printable.failure(e.getCause().getMessage() == null ? e : e.getCause()), FAILED);
        } catch (OutOfMemoryError e) {
            return complain(
                    shell, "out of memory (" + e.getMessage() + "); ask for less, or allow more (java -Xmx)", FAILED);
        } catch (RuntimeException | Error e) {
            return complain(shell, "internal error, please report it: " + e, FAILED);
        } finally {
            shell.out().flush();
        }
    }

    private String help(List<Option> all) {
        int width =
                all.stream().mapToInt(option -> option.usage().length()).max().orElse(0);
        StringBuilder help = new StringBuilder(usage);
        for (Option option : all) {
            String padding = " ".repeat(width + 2 - option.usage().length());
            help.append("  ")
                    .append(option.usage())
                    .append(padding)
                    .append(option.help())
                    .append('\n');
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

    private int complain(Shell shell, String message, int status) {
        shell.err().println(name + ": " + Printable.line(message));
        shell.err().flush();
        return status;
    }
}
