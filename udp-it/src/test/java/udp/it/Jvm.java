package udp.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process, mostly a JVM that runs a jar of the project. */
public final class Jvm implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (\\S+):(\\d+)");

    /** The status and the output of a process that has ended. */
    public record Result(int status, byte[] bytes, String err) {
        public String out() {
            return new String(bytes, UTF_8);
        }
    }

    final Process process;
    private final FutureTask<byte[]> err;
    private final StringBuilder seen = new StringBuilder();

    private Jvm(Process process) {
        this.process = process;
        this.err = reading(process.getErrorStream());
    }

    /** Returns the self-contained jar of a module. */
    public static String jar(String module) {
        return System.getProperty("udp.jar." + module);
    }

    /** Returns the plain jar of a module, which is beside the self-contained jar. */
    public static String plainJar(String module) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(jar(module)).getParent())) {
            return files.map(Path::toString)
                    .filter(file -> file.matches(".*udp-" + module + "-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData")); // Of two JVMs that start at once, one may print a warning about these data.
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Returns a command with a last argument in UTF-8. A shell writes the argument, because this JVM cannot pass on a
     * character that its own locale does not have.
     */
    static List<String> withUtf8(List<String> command, String argument) {
        StringBuilder octal = new StringBuilder();
        for (byte b : argument.getBytes(UTF_8)) {
            octal.append(String.format(Locale.ROOT, "\\%03o", b & 0xff));
        }
        List<String> whole = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" \"$(printf '" + octal + "')\"", "sh"));
        whole.addAll(command);
        return whole;
    }

    public static Jvm start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.matches("UDP_.*|.*JAVA.*_OPTIONS"));
        builder.environment().putAll(environment);
        return new Jvm(builder.start());
    }

    /** Runs a process to its end. */
    static Result run(String stdin, List<String> command) throws Exception {
        return run(stdin.getBytes(UTF_8), command, Map.of());
    }

    public static Result run(byte[] stdin, List<String> command, Map<String, String> environment) throws Exception {
        try (Jvm jvm = start(command, environment)) {
            FutureTask<byte[]> out = reading(jvm.process.getInputStream());
            try (var in = jvm.process.getOutputStream()) {
                in.write(stdin);
            } catch (IOException e) {
                // the process ended without reading its input
            }
            if (!jvm.process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + command);
            }
            return new Result(jvm.process.exitValue(), out.get(), jvm.errors());
        }
    }

    /** Reads standard output up to the line with the address of a server, and returns the port. */
    public int port() throws Exception {
        BufferedReader lines = process.inputReader(UTF_8);
        for (String line; (line = lines.readLine()) != null; ) {
            seen.append(line).append('\n');
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(2));
            }
        }
        throw new AssertionError("no port in: " + seen + errors());
    }

    /** Sends SIGTERM (or its equivalent on this system), and returns the result. */
    public Result terminate() throws Exception {
        process.toHandle().destroy(); // Process.destroy() would also close the streams
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after SIGTERM");
        }
        process.inputReader(UTF_8).lines().forEach(line -> seen.append(line).append('\n'));
        return new Result(process.exitValue(), seen.toString().getBytes(UTF_8), errors());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private String errors() throws Exception {
        return new String(err.get(), UTF_8);
    }

    /** Reads on another thread, because a full pipe would stop the process. */
    private static FutureTask<byte[]> reading(InputStream stream) {
        FutureTask<byte[]> task = new FutureTask<>(stream::readAllBytes);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
