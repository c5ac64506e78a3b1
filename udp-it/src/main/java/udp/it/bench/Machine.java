package udp.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine of the benchmark, in words. */
record Machine(String java, String system, String cpus, String buffers) {
    private static final String COORDINATED_OMISSION =
            "A client sends again only when a reply has come, so a pause of the server delays as many requests as are"
                    + " outstanding, and not those that would have come meanwhile (coordinated omission): the percentiles are"
                    + " of the exchanges that were made, and no promise for requests at a fixed rate.";
    private static final String FEWER_OUTSTANDING =
            "A request that is lost counts as outstanding for " + Window.TIME_LIMIT.toMillis()
                    + " ms and is not replaced"
                    + " meanwhile: after a loss fewer are under way than the scenario says, so the latency is lower, and"
                    + " what part is lost depends on how long is measured. Rows with a loss compare badly.";
    private static final String EVEN =
            "The requests of a client have equal distances. Those of many independent clients come in clusters, which"
                    + " wait for each other at lower rates.";
    private static final String SPINS =
            "At a rate, each client looks for replies without a pause between two requests, so it takes a whole CPU: the"
                    + " server needs another. If the server shares a CPU with it, the knee is that of both.";

    private static final List<String> NOT_TOLD = List.of(
            "Client and server share the machine: each takes CPU time and caches from the other, and a window of"
                    + " requests shows the slower of the two.",
            "Loopback has no network card, no driver, no cable and no distance, and its frames take 65,536 bytes:"
                    + " datagrams of more than about 1,400 bytes would travel in fragments elsewhere.",
            "Loss here is a receive buffer that was full, or a machine so busy that the reply came too late. In a network"
                    + " there are many more ways to lose a datagram.");

    /** Returns what the results do not tell. */
    static List<String> notTold(boolean atRate) {
        return Stream.concat(
                        NOT_TOLD.stream(),
                        atRate ? Stream.of(EVEN, SPINS) : Stream.of(COORDINATED_OMISSION, FEWER_OUTSTANDING))
                .toList();
    }

    static Machine here() {
        return new Machine(
                property("java.vm.name") + " " + property("java.runtime.version") + ", "
                        + ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .map(GarbageCollectorMXBean::getName)
                                .collect(Collectors.joining(", ")),
                property("os.name") + " " + property("os.version") + ", " + property("os.arch"),
                Runtime.getRuntime().availableProcessors() + " of " + cpu(),
                "receive buffers: " + limits("rmem") + "; send buffers: " + limits("wmem"));
    }

    List<String> lines() {
        return List.of(java, system, cpus, buffers);
    }

    private static String property(String name) {
        return System.getProperty(name);
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("an unknown model");
        } catch (IOException e) {
            return "an unknown model";
        }
    }

    private static String limits(String kind) {
        return String.format(
                Locale.ROOT, "%s bytes by default, %s at most", limit(kind + "_default"), limit(kind + "_max"));
    }

    private static String limit(String name) {
        // not readString(): its second read of a file in /proc/sys gets nothing
        try (BufferedReader file = Files.newBufferedReader(Path.of("/proc/sys/net/core", name))) {
            long bytes = Long.parseLong(file.readLine());
            return String.format(Locale.ROOT, "%,d", bytes);
        } catch (IOException | NumberFormatException e) {
            return "unknown";
        }
    }
}
