package udp.it.kit.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The user, the variables and the limits of a program of somebody else, and the end of its files. */
public final class CheckedCommand {
    /** What a shell does to limit the processes of the user, unless that is root ({@code -p} in dash). */
    public static final String LIMIT_PROCESSES = "ulimit -u 16384 2>&- || ulimit -p 16384 2>&-; ";

    /** The variables that are passed on: nothing secret, and what compilers and interpreters need. */
    private static final String PASSED_ON =
            "PATH|HOME|USER|LOGNAME|LANG|LC_.*|TZ|TERM|[A-Z]+_(HOME|ROOT)|GO[A-Z]+|(?i:SystemRoot|windir|ComSpec|PATHEXT)";

    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Path RUNUSER = Path.of("/usr/sbin/runuser");
    private static final Path RM = Path.of("/bin/rm");
    private static final int MAX_SECONDS = 120;

    private CheckedCommand() {}

    /** Returns a command that runs as a user (null: this user) and has no terminal, where it could type for this user. */
    public static List<String> as(String user, List<String> command) {
        List<String> whole = new ArrayList<>(Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : List.of());
        String runuser = Files.isExecutable(RUNUSER) ? RUNUSER.toString() : "runuser";
        whole.addAll(user == null ? List.of() : List.of(runuser, "-m", "-u", user, "--"));
        whole.addAll(command);
        return whole;
    }

    /** Returns whether a variable of this environment is passed on. */
    public static boolean isPassedOn(String name) {
        return name.matches(PASSED_ON);
    }

    /** Deletes a folder, as far as it can be deleted. No process that is left can make rm follow a link. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.isExecutable(RM) ? Stream.empty() : Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            new ProcessBuilder(RM.toString(), "-rf", "--", folder.toString())
                    .start()
                    .waitFor(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | UncheckedIOException e) {
            // What is checked has taken the right to read a folder, or there is no rm.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
