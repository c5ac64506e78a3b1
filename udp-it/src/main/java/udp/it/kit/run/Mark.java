package udp.it.kit.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A variable in the environment of all processes of a check, by which Linux finds those that left their parent. */
final class Mark {
    static final String NAME = "UDP_CHECK";

    private static final int MAX_ROUNDS = 20; // New processes may start while others are ended.

    final String value = UUID.randomUUID().toString();

    /** Ends a process, its descendants, and all processes that bear the mark. */
    void end(Process process) {
        Stream<ProcessHandle> descendants = process.descendants();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        for (int round = 0; round < MAX_ROUNDS && endMarked() > 0; round++) {
            Thread.onSpinWait();
        }
    }

    private long endMarked() {
        File[] processes = new File("/proc").listFiles((folder, name) -> name.matches("[0-9]+"));
        return processes == null
                ? 0
                : Stream.of(processes)
                        .filter(this::isMarked)
                        .map(folder -> ProcessHandle.of(Long.parseLong(folder.getName())))
                        .flatMap(Optional::stream)
                        .filter(ProcessHandle::destroyForcibly)
                        .count();
    }

    private boolean isMarked(File process) {
        try {
            String environment = new String(Files.readAllBytes(Path.of(process.getPath(), "environ")), US_ASCII);
            return environment.contains(NAME + "=" + value);
        } catch (IOException e) {
            return false; // It has ended, or belongs to somebody else.
        }
    }
}
