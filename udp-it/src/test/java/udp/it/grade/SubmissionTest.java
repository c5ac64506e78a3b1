package udp.it.grade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SubmissionTest {
    private static final String PROGRAM = "void main() {}";
    private static final GradeOptions OPTIONS =
            new GradeOptions(new SubmissionRights(null), null, List.of(), List.of(), List.of(), 60);
    private static final String EMPTY_LINES = "\n".repeat(1_000_000);

    @TempDir
    Path home;

    @Test
    void aNameIsThatOfTheFileWithoutAKnownEnding() throws Exception {
        for (String name : List.of("ann.py", "bob.zip", "bob.java", ".hidden", "<i>", "index.html", "zoe.tar")) {
            Files.createFile(home.resolve(name));
        }
        List<Submission> found = Submission.in(home);
        assertEquals(
                List.of("<i>", "ann", "bob.java", "bob.zip", "index.html", "zoe.tar"),
                found.stream().map(Submission::name).toList());
        assertEquals(
                List.of("_i_-d9832534", "ann", "bob.java", "bob.zip", "index.html-0eb54730", "zoe.tar"),
                found.stream().map(Submission::folder).toList());
    }

    @Test
    void aChangeChangesTheFingerprint() throws Exception {
        Path file = Files.createDirectory(home.resolve("ann")).resolve("a");
        Files.writeString(file, "1");
        Submission ann = new Submission("ann", home.resolve("ann"));
        String before = ann.fingerprint();
        assertEquals(before, ann.fingerprint());
        Files.writeString(file, "2");
        assertTrue(!before.equals(ann.fingerprint()));
    }

    @Test
    void aZipFileInAFolderIsUnpackedAndHiddenFilesAreNot() throws Exception {
        Path folder = Files.createDirectory(home.resolve("ann"));
        zip(folder.resolve("ann.zip"), "a\\b.py", ".git/config", "__MACOSX/._b.py", "c/");
        Files.writeString(folder.resolve("ann_1.java"), EMPTY_LINES + "package p;\npublic final class Ask {}");
        assertEquals(List.of("Ask.java", "a/b.py"), copied(folder));
    }

    @ParameterizedTest
    @CsvSource({"5, ''", "6, ' and others'"})
    void aFewLinksAreNamedThatAreLeftOut(int links, String rest) throws Exception {
        Path folder = Files.createDirectory(home.resolve("ann"));
        Files.createFile(folder.resolve("file"));
        for (int i = 0; i < links; i++) {
            Files.createSymbolicLink(folder.resolve("link" + i), folder);
        }
        String leftOut = new SubmissionCopy(folder, Files.createDirectory(home.resolve("copy"))).leftOut();
        assertTrue(leftOut.matches("; symbolic links are left out: (link.(, )?){5}" + rest), leftOut);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "..\\x", "c:\\x"})
    void aNameThatLeadsOutIsRefused(String name) throws Exception {
        assertEquals("'" + name + "' leads out of the submission", refused(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u001b", "a\0", "a\n", "\u009b"})
    void aNameWithControlCharactersIsRefused(String name) throws Exception {
        assertEquals("'" + name + "' is no name for a file", refused(name));
    }

    @Test
    void anEmptyZipFileIsRefused() throws Exception {
        assertEquals("there are no files in it", refused("folder/"));
    }

    @Test
    void whatCannotBeUnpackedIsRefused() throws Exception {
        Files.writeString(home.resolve("broken.zip"), "PK no zip");
        RefusedSubmission broken = assertThrows(RefusedSubmission.class, () -> copied(home.resolve("broken.zip")));
        assertTrue(broken.getMessage().startsWith("'broken.zip' cannot be unpacked: "), broken.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "UDPPingerClient.py UDPPingerServer.py, UDPPingerClient.py",
        "Server.java PING.java helper.py, PING",
        "my_pinger.c server.c, program0",
        "anything.py, anything.py",
        "p/Pinger.java, p.Pinger"
    })
    void aProgramIsFoundByItsName(String files, String found) throws Exception {
        String check = check(Assignment.PINGER, files);
        assertTrue(check.contains(found + "' {host} {port}") || check.contains(found + " {host} {port}"), check);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "PINGER; a.py b.py; expected Pinger.java, pinger.py or pinger.c, but there is a.py, b.py",
                "PINGER; a.txt; expected Pinger.java, pinger.py or pinger.c, but there is no program",
                "PINGER; a'b.py; a program's name has no ' and no {: 'a'b.py'",
                "FILE_TRANSFER; send.py other.py; expected Receive.java, receive.py or receive.c, but there is other.py, send.py",
                "SOCKET; MyChannel.java; expected MySocket.java, but there is MyChannel.java"
            },
            delimiter = ';')
    void whatIsNotFoundIsNamed(Assignment part, String files, String reason) throws Exception {
        try {
            fail(check(part, files));
        } catch (RefusedSubmission refused) {
            assertEquals(reason, refused.getMessage());
        }
    }

    /** A build or the check of another part may make it a pipe, which nobody writes to. */
    @Test
    void aSourceIsReadBeforeAnythingOfTheSubmissionRuns() throws Exception {
        Path program = Files.writeString(home.resolve("pinger.py"), "");
        Path changed = Files.writeString(home.resolve("server.c"), PROGRAM);
        SubmissionBuild build = new SubmissionBuild(OPTIONS, home, List.of(program, changed), home);
        Files.delete(changed);
        assertTrue(checkOf(build, Assignment.PINGER).contains("pinger.py"));
    }

    private String refused(String name) throws Exception {
        zip(home.resolve("x.zip"), name);
        return assertThrows(RefusedSubmission.class, () -> copied(home.resolve("x.zip")))
                .getMessage();
    }

    private List<String> copied(Path submission) throws Exception {
        Path target = Files.createDirectory(home.resolve("target"));
        return new SubmissionCopy(submission, target)
                .files().stream()
                        .map(file -> target.relativize(file).toString().replace('\\', '/'))
                        .toList();
    }

    private String check(Assignment part, String files) throws Exception {
        List<Path> paths =
                Stream.of(files.split(" ")).map(home::resolve).sorted().toList();
        for (Path path : paths) {
            String stem = path.getFileName().toString().replaceFirst("\\..*", "");
            boolean isJava = path.toString().endsWith(".java");
            Files.createDirectories(path.getParent());
            Files.writeString(
                    path,
                    !isJava
                            ? PROGRAM
                            : EMPTY_LINES + (path.getParent().equals(home) ? "" : "package p; ") + type(stem));
        }
        Path classes = Files.createDirectory(home.resolve("classes"));
        return checkOf(new SubmissionBuild(OPTIONS, home, paths, classes), part);
    }

    private static String checkOf(SubmissionBuild build, Assignment part) throws Exception {
        try {
            return build.check(part).toString();
        } catch (IOException e) {
            assumeFalse(e.getMessage().startsWith("this computer has no "), "This computer has no python3 or no cc.");
            throw e;
        }
    }

    private static String type(String name) {
        return "class " + name + " { " + PROGRAM + " }";
    }

    private static void zip(Path file, String... names) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file), UTF_8)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.closeEntry();
            }
        }
    }
}
