package udp.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that a test starts and that ends with the test, together with every process that it has started. */
public final class Subprocess implements Closeable {
    /** Limits the time that a process takes to react or end on a busy machine. */
    public static final int PATIENCE_SECONDS = 15;

    /** Limits the time that a program takes to begin: some are compiled first. */
    public static final int START_SECONDS = 60;

    /** Limits the output that is kept: many times the largest reply, and little beside the memory. */
    public static final int MAX_KEPT = 1 << 22;

    /** The variable whose value marks the processes that come from a test. A test in such a process adds to it. */
    public static final String MARK = "UDP_CHECK";

    /** The environment of most machines. */
    public static final Map<String, String> USUAL = Map.of("LC_ALL", "C.UTF-8");

    /** An environment that changes default charset and locale in most languages. */
    public static final Map<String, String> STRANGE = Map.of(
            "LC_ALL", "C", "JAVA_TOOL_OPTIONS", "-Dfile.encoding=ISO-8859-1 -Duser.language=tr -Duser.country=TR");

    private static final int MAX_SHOWN = 300;
    private static final int MAX_ERROR_LINES = 32;
    private static final int MAX_ERRORS_KEPT = 1 << 16;
    private static final Set<Subprocess> RUNNING = ConcurrentHashMap.newKeySet();

    private final Process process;
    private final String mark;
    private final KeptOutput out;
    private final KeptOutput err;

    private Subprocess(Process process, String mark, byte[] input, boolean endsInput) {
        this.process = process;
        this.mark = mark;
        out = KeptOutput.start(process.getInputStream(), MAX_KEPT);
        err = KeptOutput.end(process.getErrorStream(), MAX_ERRORS_KEPT);
        KitAssertions.inThread(() -> {
            OutputStream in = process.getOutputStream();
            in.write(input);
            in.flush();
            if (endsInput) {
                in.close();
            }
            return null;
        });
        RUNNING.add(this);
        Journal.addProgram(this);
    }

    /** Starts a process that gets the input and then its end. */
    public static Subprocess start(List<String> command, byte[] input, Map<String, String> environment)
            throws IOException {
        return start(command, null, input, true, environment);
    }

    /**
     * Starts a process in a directory (null: the current one) that gets the input and perhaps its end. One at a time, and
     * not while {@link Peer#freePort} has a socket: until it runs, a new process has all that this one has open, and keeps
     * its ports.
     */
    public static synchronized Subprocess start(
            List<String> command, Path directory, byte[] input, boolean endsInput, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory == null ? null : directory.toFile());
        String mark = builder.environment().getOrDefault(MARK, "") + ":" + UUID.randomUUID();
        builder.environment().keySet().removeIf(name -> name.matches("UDP_.*|.*JAVA.*_OPTIONS"));
        builder.environment().putAll(environment);
        builder.environment().put(MARK, mark);
        return new Subprocess(builder.start(), mark, input, endsInput);
    }

    /** Ends all processes before the JVM ends. */
    public static void endAll() {
        RUNNING.forEach(Subprocess::close);
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Sends SIGTERM, or what this system has for it, to all that runs: a shell does not pass it on. */
    public void terminate() {
        Stream.of(Stream.of(process.toHandle()), process.descendants(), marked().stream())
                .flatMap(handles -> handles)
                .distinct()
                .toList()
                .forEach(ProcessHandle::destroy); // Process.destroy() would close the streams too
    }

    public boolean endsWithin(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** Returns what completes when the process ends. */
    public CompletableFuture<?> onEnd() {
        return process.onExit();
    }

    /** Waits for the end and returns what was printed. */
    public byte[] awaitEnd(String what) throws Exception {
        KitAssertions.that(endsWithin(PATIENCE_SECONDS), what, "it was still running after " + PATIENCE_SECONDS + " s");
        out.awaitEnd();
        return printed();
    }

    public byte[] awaitSuccess() throws Exception {
        byte[] printed = awaitEnd("the process to end");
        KitAssertions.equal(
                "the exit status, of a process whose last words were '" + lastWords() + "', to be", 0, status());
        return printed;
    }

    /** Returns what was printed up to now. */
    public byte[] printed() {
        return out.bytes();
    }

    /** Returns whether more was printed than is kept. */
    public boolean isCut() {
        return out.isCut();
    }

    /** Returns a part of what was printed for a message, which says that the rest was cut. */
    public String shown(String part) {
        return KitAssertions.shown(part.getBytes(UTF_8))
                + (isCut() ? ", and what came after " + MAX_KEPT + " bytes was cut" : "");
    }

    public int status() {
        return process.exitValue();
    }

    /** Returns in words whether the process runs or how it ended. */
    public String state() throws Exception {
        return isRunning() ? "it is still running" : "it had ended with status " + status() + ": " + lastWords();
    }

    /** Returns the last lines of standard error, without what would drive a terminal. */
    public String errors() throws Exception {
        if (!isRunning()) {
            err.awaitEnd();
        }
        List<String> lines = new String(err.bytes(), UTF_8)
                .lines()
                .map(line -> KitAssertions.line(line.replace("\t", "    ")))
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - MAX_ERROR_LINES), lines.size()));
    }

    private String lastWords() throws Exception {
        err.awaitEnd();
        List<String> lines = new String(err.bytes(), UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("\tat ")) // of a Java program: the message
                .toList();
        if (lines.isEmpty()) {
            return "no message";
        }
        String last = KitAssertions.line(lines.get(lines.size() - 1).strip());
        return last.length() <= MAX_SHOWN ? last : last.substring(0, MAX_SHOWN) + "... (cut)";
    }

    /** Kills the process and all that it has started, until nothing is left. */
    @Override
    public void close() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly(); // closes the streams too
        descendants.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(1, TimeUnit.SECONDS);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(KitAssertions.PATIENCE_SECONDS);
            for (List<ProcessHandle> left = marked(); !left.isEmpty() && System.nanoTime() < end; left = marked()) {
                left.forEach(ProcessHandle::destroyForcibly);
                Thread.sleep(1); // The pace of looking: no event tells that a process of others is gone.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(this);
    }

    /** Returns what runs and has the mark, also if its parent has ended; nothing unless this is Linux. */
    private List<ProcessHandle> marked() {
        String[] processes = new File("/proc").list((folder, name) -> name.matches("[0-9]+") && isMarked(name));
        return Stream.of(processes == null ? new String[0] : processes)
                .map(Long::parseLong)
                .flatMap(number -> ProcessHandle.of(number).stream())
                .toList();
    }

    private boolean isMarked(String process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", process, "environ"));
            return new String(environment, ISO_8859_1).contains(mark);
        } catch (IOException e) {
            return false; // It has ended, or belongs to somebody else.
        }
    }
}
