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
import udp.internal.text.Printable;

/** A file that takes no more than so many bytes. */
final class LimitedFile extends FilterOutputStream {
    private final int megabytes;
    private long left;

    private LimitedFile(OutputStream file, int megabytes) {
        super(file);
        this.megabytes = megabytes;
        left = megabytes * 1_000_000L;
    }

    /** Opens an empty file. Refuses a name where nothing can be written, and a symbolic link, which leads elsewhere. */
    static OutputStream open(String name, int megabytes) {
        return new LimitedFile(file(name), megabytes);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (length > left) {
            throw new IOException("the file has reached " + megabytes + " MB (allow more with --trace-limit)");
        }
        left -= length;
        out.write(bytes, from, length);
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
