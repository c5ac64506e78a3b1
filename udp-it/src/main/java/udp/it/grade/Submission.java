package udp.it.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What a student handed in: a folder, a zip file or a file. Its name is the student's, without a known ending. */
record Submission(String name, Path path) {
    /** The files beside the folders of submissions. */
    private static final String OF_CLASS = "(?i)(index\\.html|grades?\\.(csv|json))(\\.part)?";

    private static final String ENDINGS = "\\.(zip|java|py|c)$";

    /** Returns the submissions in a folder, in the order of their names; hidden files are none. */
    static List<Submission> in(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> entries = Files.list(folder)) {
            paths = entries.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
        List<String> names = paths.stream().map(Submission::name).toList();
        return paths.stream()
                .map(path -> new Submission(
                        names.indexOf(name(path)) == names.lastIndexOf(name(path))
                                ? name(path)
                                : path.getFileName().toString(),
                        path))
                .toList();
    }

    private static String name(Path path) {
        String name = path.getFileName().toString();
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? name : name.replaceFirst("(?<=.)" + ENDINGS, "");
    }

    /** Returns a name for its folder that needs no quotation anywhere, and that no other submission has. */
    String folder() {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.-]", "_");
        String kept = plain.substring(0, Math.min(plain.length(), 60));
        return kept.equals(name) && !kept.matches(OF_CLASS)
                ? kept
                : kept + "-" + hex(digest().digest(name.getBytes(UTF_8)), 4);
    }

    /** Returns a number that a change of the submission changes. */
    String fingerprint() throws IOException {
        MessageDigest digest = digest();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.limit(SubmissionCopy.MAX_FILES).sorted().toList()) {
                digest.update((path.relativize(file) + "\0").getBytes(UTF_8));
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.size(file) <= SubmissionCopy.MAX_BYTES) {
                    update(digest, file);
                }
            }
        }
        return hex(digest.digest(), 16);
    }

    private static void update(MessageDigest digest, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = new byte[1 << 16];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                digest.update(bytes, 0, n);
            }
        }
    }

    private static String hex(byte[] bytes, int length) {
        return HexFormat.of().formatHex(bytes, 0, length);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
