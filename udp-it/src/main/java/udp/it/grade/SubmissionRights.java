package udp.it.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import udp.contract.Subprocess;
import udp.internal.cli.UsageException;
import udp.it.kit.run.CheckedCommand;
import udp.it.kit.run.CheckedJvm;

/** The rights that submissions have: those of a user, or (null) those of this program. */
record SubmissionRights(String user) {
    /** One shell limits what a compiler writes and how long it computes, and joins its two outputs. */
    private static final String LIMITED =
            "ulimit -f 204800; ulimit -t 60; ulimit -v 8388608; " + CheckedCommand.LIMIT_PROCESSES + "exec \"$@\" 2>&1";

    private static final String ENV = "/usr/bin/env";
    private static final String RUNUSER = "/usr/sbin/runuser";
    private static final String NOBODY = "nobody";
    private static final int MAX_SECONDS = 120;

    /** Returns the rights of nobody if this program may give them and nobody can read the kit, else its own. */
    static SubmissionRights least() throws IOException {
        SubmissionRights nobody = new SubmissionRights(NOBODY);
        boolean isRoot = "root".equals(System.getProperty("user.name")) && isExecutable(RUNUSER);
        return isRoot && nobody.canReadTheKit() ? nobody : new SubmissionRights(null);
    }

    /** Returns the rights of a user. */
    static SubmissionRights of(String user) throws IOException {
        SubmissionRights rights = new SubmissionRights(user);
        if (!isExecutable(RUNUSER) || !rights.canReadTheKit()) {
            throw new UsageException("--user: '" + user + "' cannot read " + kit() + " or " + java("java")
                    + ", or this program is not root and may not start it");
        }
        return rights;
    }

    private boolean canReadTheKit() throws IOException {
        return can("-r", kit()) && can("-x", java("java"));
    }

    /** Returns the path of the kit's classes. */
    static String kit() {
        return CheckedJvm.absolute(System.getProperty("java.class.path"));
    }

    /** Returns the path of a program of the JDK that runs this. */
    static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static boolean isExecutable(String program) {
        return Files.isExecutable(Path.of(program));
    }

    private boolean can(String how, String path) throws IOException {
        try (Subprocess test =
                Subprocess.start(CheckedCommand.as(user, List.of("test", how, path)), new byte[0], Map.of())) {
            return test.endsWithin(MAX_SECONDS) && test.status() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets the user reach what is in a folder of this program. */
    Path open(Path folder) throws IOException {
        return user == null
                ? folder
                : Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** Gives the user a folder, after all that is in it: a process of the user cannot change paths meanwhile. */
    void giveAway(Path folder) throws IOException {
        if (user == null) {
            return;
        }
        UserPrincipal owner =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.setAttribute(file, "posix:owner", owner, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /**
     * Returns the path of the first program with one of the names that these rights can run.
     *
     * @throws IOException if there is none: this computer lacks it, not the submission
     */
    String program(String... names) throws IOException {
        for (String name : names) {
            for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
                for (Path path :
                        List.of(Path.of(folder).resolve(name), Path.of(folder).resolve(name + ".exe"))) {
                    if (Files.isExecutable(path) && (user == null || can("-x", path.toString()))) {
                        return path.toString();
                    }
                }
            }
        }
        throw new IOException("this computer has no " + names[0] + " for it"
                + (user == null ? "" : ", or not for the user " + user) + ": install it, and start again");
    }

    /** Returns the beginning of a command, without the teacher's secrets, and with a home that the user can write to. */
    private List<String> withoutSecrets(Path home) {
        List<String> command = new ArrayList<>();
        if (isExecutable(ENV)) {
            command.add(ENV);
            System.getenv().keySet().stream()
                    .filter(name -> !CheckedCommand.isPassedOn(name) && !name.equals(Subprocess.MARK))
                    .forEach(name -> command.addAll(List.of("-u", name)));
            command.addAll(user == null ? List.of() : List.of("HOME=" + home));
        }
        return command;
    }

    /** Runs a compiler to its end, and returns what it printed, if that is no success. */
    String failure(List<String> command, Path folder) throws IOException, InterruptedException {
        List<String> limited = withoutSecrets(folder);
        limited.addAll(isExecutable("/bin/sh") ? List.of("/bin/sh", "-c", LIMITED, "sh") : List.of());
        limited.addAll(command);
        try (Subprocess compiler =
                Subprocess.start(CheckedCommand.as(user, limited), folder, new byte[0], true, Map.of())) {
            if (!compiler.endsWithin(MAX_SECONDS)) {
                return "it did not end within " + MAX_SECONDS + " s";
            }
            if (compiler.status() == 0) {
                return null;
            }
            String printed = new String(compiler.awaitEnd("its end"), UTF_8);
            return printed.isBlank() ? compiler.state() : printed;
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
