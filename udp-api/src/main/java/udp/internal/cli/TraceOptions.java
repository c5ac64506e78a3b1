package udp.internal.cli;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import udp.internal.text.Printable;
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

    /** A file that takes no more than so many bytes. */
    private static final class LimitedFile extends FilterOutputStream {
        private final int megabytes;
        private long left;

        LimitedFile(OutputStream file, int megabytes) {
            super(file);
            this.megabytes = megabytes;
            left = megabytes * 1_000_000L;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > left) {
                throw new IOException("the file has reached " + megabytes + " MB (allow more with --trace-limit)");
            }
            left -= length;
            out.write(bytes, from, length);
        }
    }

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
        return line.has(option) ? line.get(option, fallback, name -> new LimitedFile(file(name), limit)) : fallback;
    }

    private static OutputStream file(String name) {
        try {
            Path path = Path.of(Values.name(name));
            if (Files.isSymbolicLink(path)) {
                throw refusal(name, "a symbolic link; name the file itself");
            }
            return Files.newOutputStream(path, CREATE, TRUNCATE_EXISTING, WRITE, NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw refusal(name, "no such directory");
        } catch (AccessDeniedException e) {
            throw refusal(name, "permission denied");
        } catch (IOException | InvalidPathException e) {
            throw refusal(name, Printable.failure(e));
        }
    }

    private static IllegalArgumentException refusal(String name, String reason) {
        return new IllegalArgumentException("cannot write '" + Printable.line(name) + "': " + reason);
    }
}
