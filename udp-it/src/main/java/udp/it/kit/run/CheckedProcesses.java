package udp.it.kit.run;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import udp.contract.Subprocess;

/** The processes of a check, with their folder, their environment and their limits. None is left at the end. */
final class CheckedProcesses implements Closeable {
    private static final File SHELL = new File("/bin/sh");

    /** The parent of what is checked, which may stop or end it. It limits open files, and their size to 1 GB. */
    private static final String BETWEEN = "ulimit -n 4096 2>&-; ulimit -c 0; ulimit -f 2097152 2>&-; "
            + CheckedCommand.LIMIT_PROCESSES + "\"$0\" \"$@\"; exit $?";

    /** Wakes this JVM if what is checked has stopped it. Once this JVM has ended, ends all processes with the mark. */
    private static final String WATCH = """
            while kill -CONT "$0"; do sleep 1; done
            for file in $(grep -ls "$1" /proc/[0-9]*/environ); do
                process=${file#/proc/} && kill -KILL "${process%/environ}"
            done
            """;

    private static final int MAX_LEFT_BEHIND = 1000;
    private static final int HEAP_SHARE = 4; // The rest is for threads, buffers and classes.

    private final CheckLimits limits;
    private final CheckedOutput output;
    private final Mark mark = new Mark();
    private final Path folder = Files.createTempDirectory("udp-it-check");
    private final Process watch;
    private boolean isClosed;
    private Process process; // Null, or the last that was started.
    private Thread reader;

    CheckedProcesses(CheckLimits limits, CheckedOutput output) throws IOException {
        this.limits = limits;
        this.output = output;
        if (limits.user() != null) {
            giveFolderTo(limits.user());
        }
        String self = String.valueOf(ProcessHandle.current().pid());
        watch = !SHELL.canExecute()
                ? null
                : new ProcessBuilder(SHELL.getPath(), "-c", WATCH, self, Subprocess.MARK + "=" + mark.value)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start();
        startThread("udp-it memory", this::limitMemory);
    }

    private void giveFolderTo(String user) throws IOException {
        try {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException("there is no user '" + user + "'", e);
        }
    }

    private static Thread startThread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Starts a JVM with the kit's class path, perhaps in the folder of the check. */
    synchronized Process start(Class<?> main, boolean inItsFolder) throws IOException {
        if (isClosed) {
            throw new IOException("the check was ended");
        }
        List<String> command =
                new ArrayList<>(SHELL.canExecute() ? List.of(SHELL.getPath(), "-c", BETWEEN) : List.of());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+DisableAttachMechanism", // A program has the rights to load code into it.
                "-Xmx" + limits.memory() / HEAP_SHARE + "m",
                "-Djava.io.tmpdir=" + folder,
                "-Dsun.stdout.encoding=UTF-8", // As the kit reads it, under any locale; until JDK 18.
                "-Dsun.stderr.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8", // since JDK 19
                "-Dstderr.encoding=UTF-8",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                main.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(CheckedCommand.as(limits.user(), command)).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !CheckedCommand.isPassedOn(name));
        builder.environment().put(Subprocess.MARK, mark.value);
        builder.environment().put("TMPDIR", folder.toString());
        if (limits.user() != null) {
            builder.environment().put("HOME", folder.toString());
        }
        if (inItsFolder) {
            builder.directory(folder.toFile());
        }
        process = builder.start();
        InputStream printed = process.getInputStream();
        reader = startThread("udp-it output", () -> copyOutput(printed));
        return process;
    }

    /** Returns a class path that is right in another folder too. */
    static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Reads to the end of the output, so that nobody waits for a reader. */
    private void copyOutput(InputStream printed) {
        try (printed) {
            byte[] bytes = new byte[1 << 16];
            for (int n = printed.read(bytes); n >= 0; n = printed.read(bytes)) {
                output.write(bytes, 0, n);
            }
        } catch (IOException e) {
            // The process was ended.
        }
        output.flush();
    }

    /** Ends each process that has more memory than it may. */
    private void limitMemory() {
        while (true) {
            mark.processes().filter(this::hasTooMuch).forEach(large -> {
                output.note("a process was ended, which had more than --memory " + limits.memory() + " MB");
                Mark.end(large);
            });
            try {
                // The pace of looking: no event tells how much memory a process of others has.
                Thread.sleep(Duration.ofSeconds(1).toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean hasTooMuch(Path large) {
        try (Stream<String> lines = Files.lines(large.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                    .anyMatch(megabytes -> megabytes > limits.memory());
        } catch (IOException | UncheckedIOException e) {
            return false; // It has ended.
        }
    }

    /** Returns what a JVM has too much of, or null: the tests that follow need threads and open files too. */
    static String tooMuchLeft(long pid) {
        for (String kind : List.of("task", "fd")) {
            String[] left = Path.of("/proc", String.valueOf(pid), kind).toFile().list();
            if (left != null && left.length > MAX_LEFT_BEHIND) {
                return left.length + (kind.equals("fd") ? " open files" : " threads");
            }
        }
        return null;
    }

    /** Returns how the last process ended, or null if it runs. */
    String exit() throws InterruptedException {
        if (!process.waitFor(1, TimeUnit.SECONDS)) {
            return null;
        }
        String ended = "the JVM ended with status " + process.exitValue() + "; common cause: ";
        return switch (process.exitValue()) {
            case 3 -> ended + "all memory was used (--memory " + limits.memory() + ")";
            case 137 -> ended + "all memory was used (--memory " + limits.memory() + "), or it ended itself";
            default -> ended + "Runtime.halt";
        };
    }

    /** Ends all processes, and waits a short time for the rest of the output. */
    synchronized void endAll() {
        if (process != null) {
            mark.end(process);
            try {
                reader.join(1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends all processes for good and removes their folder. */
    @Override
    public synchronized void close() {
        isClosed = true;
        endAll();
        if (watch != null) {
            mark.end(watch);
        }
        CheckedCommand.delete(folder);
    }
}
