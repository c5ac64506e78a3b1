package udp.it.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import udp.internal.text.Printable;
import udp.it.CommandWords;

/** A process that a test has started, and that ends with it. */
final class Subprocess implements Closeable {
    /** How long a process may take to begin or end on a busy machine. */
    static final int PATIENCE_SECONDS = 15;

    /** So much of an output is kept: many times the largest answer, and little beside the memory. */
    static final int MOST_KEPT = 1 << 22;

    /** What most machines have. */
    static final Map<String, String> USUAL = Map.of("LC_ALL", "C.UTF-8");

    /** What changes default charset and locale of most languages. */
    static final Map<String, String> STRANGE = Map.of(
            "LC_ALL", "C", "JAVA_TOOL_OPTIONS", "-Dfile.encoding=ISO-8859-1 -Duser.language=tr -Duser.country=TR");

    private static final Set<Subprocess> RUNNING = ConcurrentHashMap.newKeySet();

    private final Process process;
    private final FutureTask<byte[]> out;
    private final FutureTask<byte[]> err;

    private Subprocess(Process process, byte[] input) {
        this.process = process;
        out = Expect.inThread(() -> read(process.getInputStream()));
        err = Expect.inThread(() -> read(process.getErrorStream()));
        Expect.inThread(() -> {
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
    static synchronized Subprocess start(List<String> command, byte[] input, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("UDP_") || name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(environment);
        return new Subprocess(builder.start(), input);
    }

    /** The words of a command, with the host and the port put in. */
    static List<String> words(String command, int port) {
        return CommandWords.of(command).stream()
                .map(word -> word.replace("{host}", "127.0.0.1").replace("{port}", String.valueOf(port)))
                .toList();
    }

    /** Refuses a command that cannot be one. */
    static String requireRunnable(String command) {
        if (!command.contains("{port}")) {
            throw new IllegalArgumentException("the command does not say where the port goes: {port}");
        }
        String program = words(command, 0).get(0);
        Stream<Path> places = program.contains("/") || program.contains(File.separator)
                ? Stream.of(Path.of(program))
                : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .flatMap(folder -> Stream.of(Path.of(folder, program), Path.of(folder, program + ".exe")));
        if (places.noneMatch(place -> Files.isExecutable(place) && !Files.isDirectory(place))) {
            throw new IllegalArgumentException("there is no program '" + program + "' to be run");
        }
        return command;
    }

    /** For the end of the JVM. */
    static void endAll() {
        RUNNING.forEach(Subprocess::close);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** What SIGTERM is on this system. */
    void terminate() {
        process.toHandle().destroy(); // Process.destroy() would close the streams too
    }

    boolean endsWithin(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** Waits for the end and returns what was printed. */
    byte[] awaitEnd(String what) throws Exception {
        Expect.that(endsWithin(PATIENCE_SECONDS), what, "it was still running after " + PATIENCE_SECONDS + " s");
        return Expect.result("its output to end with it", out);
    }

    byte[] awaitSuccess() throws Exception {
        byte[] printed = awaitEnd("the process to end");
        Expect.equal("the exit status, of a process whose last words were '" + lastWords() + "', to be", 0, status());
        return printed;
    }

    int status() {
        return process.exitValue();
    }

    /** How it is, in words. */
    String state() throws Exception {
        return isRunning() ? "it is still running" : "it had ended with status " + status() + ": " + lastWords();
    }

    private String lastWords() throws Exception {
        List<String> lines = new String(Expect.result("its errors to end with it", err), UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("\tat ")) // of a Java program: the message
                .toList();
        return lines.isEmpty()
                ? "no message"
                : Printable.line(lines.get(lines.size() - 1).strip());
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        RUNNING.remove(this);
    }

    /** Reads on when there is enough, so that the process does not wait for a reader. */
    private static byte[] read(InputStream stream) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (stream) {
            byte[] part = new byte[1 << 13];
            for (int n = stream.read(part); n >= 0; n = stream.read(part)) {
                bytes.write(part, 0, Math.min(n, MOST_KEPT - bytes.size()));
            }
        } catch (IOException e) {
            // the process was killed: what came is all
        }
        return bytes.toByteArray();
    }
}
