package udp.it.kit.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import udp.contract.Subprocess;

/** A variable in the environment of all processes of a check, by which Linux finds those that left their parent. */
final class Mark {
    private static final int MAX_ROUNDS = 20; // New processes may start while others are ended.

    /** Follows the mark that this JVM has, by which a test finds all that a check has started. */
    final String value = System.getenv().getOrDefault(Subprocess.MARK, "") + ":" + UUID.randomUUID();

    /** Ends a process, its descendants, and all processes that bear the mark. */
    void end(Process process) {
        Stream<ProcessHandle> descendants = process.descendants();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        for (int round = 0; round < MAX_ROUNDS && processes().filter(Mark::end).count() > 0; round++) {
            Thread.onSpinWait();
        }
    }

    /** Ends a process, and returns whether it was there. */
    static boolean end(Path process) {
        long pid = Long.parseLong(process.getFileName().toString());
        return ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
    }

    /** Returns the folders, in /proc, of the processes that bear the mark. */
    Stream<Path> processes() {
        File[] all = new File("/proc").listFiles((folder, name) -> name.matches("[0-9]+"));
        return all == null ? Stream.empty() : Stream.of(all).map(File::toPath).filter(this::isMarked);
    }

    private boolean isMarked(Path process) {
        try {
            String environment = new String(Files.readAllBytes(process.resolve("environ")), US_ASCII);
            return environment.contains(Subprocess.MARK + "=" + value);
        } catch (IOException e) {
            return false; // It has ended, or belongs to somebody else.
        }
    }
}
