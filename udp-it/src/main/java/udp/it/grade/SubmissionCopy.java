package udp.it.grade;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A submission, copied and unpacked into an empty folder. Nothing in it leads out of the folder, and it is small. */
final class SubmissionCopy {
    static final int MAX_FILES = 5000;
    static final int MAX_BYTES = 50 << 20;

    private static final int MAX_PATH = 1000;
    private static final int MAX_NAME = 200;
    private static final int MAX_NAMED = 5;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
    private static final Pattern PUBLIC_CLASS =
            Pattern.compile("(?m)^[ \\t]*public\\s+(?:(?:final|abstract)\\s+){0,2}(?:class|record)\\s+([A-Za-z0-9_]+)");

    private final Path target;
    private final List<Path> files = new ArrayList<>();
    private final List<String> links = new ArrayList<>();
    private int entries;
    private int left = MAX_BYTES;

    /** Copies a submission. */
    SubmissionCopy(Path source, Path target) throws IOException, RefusedSubmission {
        this.target = target;
        if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
            copyFolder(source);
        } else if (Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
            copyFile(source, source.getFileName().toString());
        } else {
            throw new RefusedSubmission(
                    Files.isSymbolicLink(source)
                            ? "it is a symbolic link, which is not followed"
                            : "it is neither a folder nor a file");
        }
        if (files.isEmpty()) {
            throw new RefusedSubmission("there are no files in it" + leftOut());
        }
        Collections.sort(files);
    }

    /** Returns the files. */
    List<Path> files() {
        return files;
    }

    /** Returns what was left out, in words, perhaps none. */
    String leftOut() {
        return links.isEmpty()
                ? ""
                : "; symbolic links are left out: "
                        + String.join(", ", links.subList(0, Math.min(links.size(), MAX_NAMED)))
                        + (links.size() > MAX_NAMED ? " and others" : "");
    }

    private void copyFolder(Path source) throws IOException, RefusedSubmission {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isSymbolicLink()) {
                    links.add(source.relativize(file).toString());
                } else if (attributes.isRegularFile()) {
                    found.add(file);
                }
                boolean isEnough = Math.max(found.size(), links.size()) > MAX_FILES;
                return isEnough ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(found);
        for (Path file : found) {
            copyFile(file, source.relativize(file).toString());
        }
    }

    private void copyFile(Path file, String name) throws IOException, RefusedSubmission {
        if (name.toLowerCase(Locale.ROOT).endsWith(".zip")) {
            unzip(file, name);
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            add(name, in);
        }
    }

    private void unzip(Path file, String name) throws IOException, RefusedSubmission {
        if (Files.size(file) > MAX_BYTES) {
            throw tooLarge();
        }
        // Names without the flag for UTF-8 are of an old program: any bytes.
        try (ZipFile zip = new ZipFile(file.toFile(), ISO_8859_1)) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.isDirectory()) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        add(entry.getName(), in);
                    }
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new RefusedSubmission("'" + name + "' cannot be unpacked: " + e.getMessage());
        }
    }

    private void add(String name, InputStream in) throws IOException, RefusedSubmission {
        String path = name.replace('\\', '/');
        if (++entries > MAX_FILES) {
            throw new RefusedSubmission("it has more than " + MAX_FILES + " files");
        }
        if (path.startsWith("/")
                || path.matches("[A-Za-z]:.*")
                || List.of(path.split("/")).contains("..")) {
            throw new RefusedSubmission("'" + name + "' leads out of the submission");
        }
        if (CONTROL.matcher(path).find() || path.length() > MAX_PATH || hasLongPart(path)) {
            throw new RefusedSubmission("'" + shortened(name) + "' is no name for a file");
        }
        if (("/" + path).matches(".*/(\\.|__MACOSX/).*")) {
            return; // It is hidden, for example what macOS adds.
        }
        byte[] content = in.readNBytes(left + 1);
        left -= content.length;
        if (left < 0) {
            throw tooLarge();
        }
        try {
            Path file = target.resolve(properName(path, content));
            Files.createDirectories(file.getParent());
            Files.copy(new ByteArrayInputStream(content), file);
            files.add(file);
        } catch (FileAlreadyExistsException e) {
            throw new RefusedSubmission("'" + name + "' is there twice");
        } catch (InvalidPathException e) {
            throw new RefusedSubmission("'" + name + "' is no name for a file here");
        }
    }

    /** Returns the path; a file with Java has the name that its public class asks for. */
    private static String properName(String path, byte[] content) {
        Matcher type = PUBLIC_CLASS.matcher(path.endsWith(".java") ? new String(content, UTF_8) : "");
        return type.find() ? path.substring(0, path.lastIndexOf('/') + 1) + type.group(1) + ".java" : path;
    }

    private static boolean hasLongPart(String path) {
        for (String part : path.split("/")) {
            if (part.getBytes(UTF_8).length > MAX_NAME) {
                return true;
            }
        }
        return false;
    }

    private static String shortened(String name) {
        return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "..." : name;
    }

    private static RefusedSubmission tooLarge() {
        return new RefusedSubmission("it has more than " + (MAX_BYTES >> 20) + " MB");
    }
}
