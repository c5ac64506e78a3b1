package udp.it.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The CPU time of a process and its descendants. Linux reports it for each thread in nanoseconds. Other systems, and some
 * kernels, report it only for each process, often in steps of 10 milliseconds.
 */
final class CpuTime {
    private final Map<String, Long> nanos; // by thread or by process

    private CpuTime(Map<String, Long> nanos) {
        this.nanos = nanos;
    }

    static CpuTime of(ProcessHandle process) {
        Map<String, Long> nanos = new HashMap<>();
        Stream.concat(Stream.of(process), process.descendants()).forEach(each -> {
            try {
                readThreads(each.pid(), nanos);
            } catch (IOException | NumberFormatException e) {
                Duration total = each.info().totalCpuDuration().orElse(Duration.ZERO);
                nanos.put("process " + each.pid(), total.toNanos());
            }
        });
        return new CpuTime(nanos);
    }

    /** Returns the CPU time since an earlier moment, without threads that have ended meanwhile. */
    long since(CpuTime earlier) {
        return nanos.entrySet().stream()
                .mapToLong(entry -> entry.getValue() - earlier.nanos.getOrDefault(entry.getKey(), 0L))
                .sum();
    }

    private static void readThreads(long pid, Map<String, Long> nanos) throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path thread : threads) {
                String schedstat = Files.readString(thread.resolve("schedstat"));
                nanos.put(thread.toString(), Long.parseLong(schedstat.substring(0, schedstat.indexOf(' '))));
            }
        }
    }
}
