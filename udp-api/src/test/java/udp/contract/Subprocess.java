package udp.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A process that a test starts and that ends with the test. */
public final class Subprocess implements Closeable {
    /** Limits the time that a process takes to begin or end on a busy machine. */
    public static final int PATIENCE_SECONDS = 15;

    /** Limits the output that is kept: many times the largest reply, and little beside the memory. */
    public static final int MAX_KEPT = 1 << 22;

    /** The environment of most machines. */
    public static final Map<String, String> USUAL = Map.of("LC_ALL", "C.UTF-8");

    /** An environment that changes default charset and locale in most languages. */
    public static final Map<String, String> STRANGE = Map.of(
            "LC_ALL", "C", "JAVA_TOOL_OPTIONS", "-Dfile.encoding=ISO-8859-1 -Duser.language=tr -Duser.country=TR");

    private static final Set<Subprocess> RUNNING = ConcurrentHashMap.newKeySet();

    private final Process process;
    private final FutureTask<byte[]> out;
    private final FutureTask<byte[]> err;

    private Subprocess(Process process, byte[] input) {
        this.process = process;
        out = KitAssertions.inThread(() -> read(process.getInputStream()));
        err = KitAssertions.inThread(() -> read(process.getErrorStream()));
        KitAssertions.inThread(() -> {
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            }
            return null;
        });
        RUNNING.add(this);
    }

    /**
     * Starts a process that gets the input and then its end. One at a time, and not while {@link Peer#freePort} has a
     * socket: until it runs, a new process has all that this one has open, and keeps its ports.
     */
    public static synchronized Subprocess start(List<String> command, byte[] input, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.matches("UDP_(?!CHECK$).*|.*JAVA.*_OPTIONS"));
        builder.environment().putAll(environment);
        return new Subprocess(builder.start(), input);
    }

    /** Ends all processes before the JVM ends. */
    public static void endAll() {
        RUNNING.forEach(Subprocess::close);
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Sends SIGTERM, or what this system has for it. */
    public void terminate() {
        process.toHandle().destroy(); // Process.destroy() would close the streams too
    }

    public boolean endsWithin(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** Waits for the end and returns what was printed. */
    public byte[] awaitEnd(String what) throws Exception {
        KitAssertions.that(endsWithin(PATIENCE_SECONDS), what, "it was still running after " + PATIENCE_SECONDS + " s");
        return KitAssertions.result("its output to end with it", out);
    }

    public byte[] awaitSuccess() throws Exception {
        byte[] printed = awaitEnd("the process to end");
        KitAssertions.equal(
                "the exit status, of a process whose last words were '" + lastWords() + "', to be", 0, status());
        return printed;
    }

    public int status() {
        return process.exitValue();
    }

    /** Returns in words whether the process runs or how it ended. */
    public String state() throws Exception {
        return isRunning() ? "it is still running" : "it had ended with status " + status() + ": " + lastWords();
    }

    private String lastWords() throws Exception {
        List<String> lines = new String(KitAssertions.result("its errors to end with it", err), UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("\tat ")) // of a Java program: the message
                .toList();
        return lines.isEmpty()
                ? "no message"
                : KitAssertions.line(lines.get(lines.size() - 1).strip());
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        RUNNING.remove(this);
    }

    /** Reads to the end even if it keeps no more, so that the process does not wait for a reader. */
    private static byte[] read(InputStream stream) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (stream) {
            byte[] part = new byte[1 << 13];
            for (int n = stream.read(part); n >= 0; n = stream.read(part)) {
                bytes.write(part, 0, Math.min(n, MAX_KEPT - bytes.size()));
            }
        } catch (IOException e) {
            // the process was killed: what came is all
        }
        return bytes.toByteArray();
    }
}
