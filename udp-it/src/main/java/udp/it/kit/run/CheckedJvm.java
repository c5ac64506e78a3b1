package udp.it.kit.run;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import udp.contract.Rule;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;

/**
 * The JVM in which the tests run, with what is checked: this JVM never loads it. A JVM that ends before its tests do is
 * followed by another, for the tests after the one that ended it.
 */
public final class CheckedJvm implements Closeable {
    /** The variables of the environment that are passed on: nothing secret, and what compilers and interpreters need. */
    private static final String PASSED_ON =
            "PATH|HOME|USER|LOGNAME|LANG|LC_.*|TZ|TERM|[A-Z]+_(HOME|ROOT)|GO[A-Z]+|(?i:SystemRoot|windir|ComSpec|PATHEXT)";

    private static final Duration MAX_START = Duration.ofSeconds(60);
    private static final Duration MAX_TEST = Duration.ofSeconds(170); // The tests have shorter limits of their own.

    private static final File SHELL = new File("/bin/sh");

    /** The parent of what is checked, which may stop or end it. It limits the open files, and writes no core dump. */
    private static final String BETWEEN = "ulimit -n 4096 2>&-; ulimit -c 0; \"$0\" \"$@\"; exit $?";

    /** Wakes this JVM if what is checked has stopped it. Once this JVM has ended, ends all processes with the mark. */
    private static final String WATCH = """
            while kill -CONT "$0"; do sleep 1; done
            for file in $(grep -ls "$1" /proc/[0-9]*/environ); do
                process=${file#/proc/} && kill -KILL "${process%/environ}"
            done
            """;

    private static final int MAX_LEFT_BEHIND = 1000;

    /** What a test did instead of coming to an end. */
    private static final class BrokenTest extends IOException {
        private static final long serialVersionUID = 1;

        BrokenTest(String happened) {
            super(happened);
        }
    }

    private final Class<?> main;
    private final List<String> arguments;
    private final RuleTally tally;
    private final CheckLimits limits;
    private final CheckedOutput output;
    private final long end;
    private final Mark mark = new Mark();
    private final Path folder = Files.createTempDirectory("udp-it-check");
    private final Process watch;
    private String secret;
    private long pid;
    private boolean isFollowed; // A test of this JVM had a verdict.
    private boolean isClosed;
    private Process process;

    /**
     * Creates the JVM's folder.
     *
     * @param main the class whose {@code main} reads a port, a secret, the arguments and the tests that began before
     * @param output takes what is printed, each line with a mark
     */
    public CheckedJvm(Class<?> main, List<String> arguments, RuleTally tally, CheckLimits limits, PrintStream output)
            throws IOException {
        this.main = main;
        this.arguments = arguments;
        this.tally = tally;
        this.limits = limits;
        this.output = new CheckedOutput(output, limits.output());
        end = System.nanoTime() + limits.time().toNanos();
        String self = String.valueOf(ProcessHandle.current().pid());
        watch = !SHELL.canExecute()
                ? null
                : new ProcessBuilder(SHELL.getPath(), "-c", WATCH, self, Mark.NAME + "=" + mark.value)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
    }

    /**
     * Runs the tests to their end.
     *
     * @throws UsageException if there is nothing to check
     */
    public void run(boolean inItsFolder) throws IOException {
        boolean isOver = false;
        while (!isOver) {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                secret = UUID.randomUUID().toString();
                start(inItsFolder);
                Thread reader = new Thread(this::copyOutput, "udp-it output");
                reader.setDaemon(true);
                reader.start();
                process.onExit().thenRun(() -> close(server));
                isOver = follow(server);
                endAll();
                reader.join(1000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void start(boolean inItsFolder) throws IOException {
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
                "-Xmx" + limits.memory() + "m",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                absolute(System.getProperty("java.class.path")),
                main.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.matches(PASSED_ON));
        builder.environment().put(Mark.NAME, mark.value);
        builder.environment().put("TMPDIR", folder.toString());
        if (inItsFolder) {
            builder.directory(folder.toFile());
        }
        process = builder.start();
    }

    /** Returns a class path that is right in another folder too. */
    public static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Reads to the end of the output, so that nobody waits for a reader. */
    private void copyOutput() {
        try (InputStream in = process.getInputStream()) {
            byte[] bytes = new byte[1 << 16];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                output.write(bytes, 0, n);
            }
        } catch (IOException e) {
            // The process was ended.
        }
        output.flush();
    }

    /** Takes the events of the JVM, and returns whether they are the last. */
    private boolean follow(ServerSocket server) throws IOException {
        isFollowed = false;
        String happened;
        try {
            sendInput(server.getLocalPort());
            try (Socket socket = accept(server)) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                while (take(socket, in)) {
                    if (System.nanoTime() - end > 0) {
                        throw new SocketTimeoutException();
                    }
                }
                return true;
            }
        } catch (UsageException e) {
            throw e;
        } catch (SocketTimeoutException e) {
            happened = "it did not return in time";
        } catch (BrokenTest e) {
            happened = e.getMessage();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            happened = exit(e);
        }
        if (System.nanoTime() - end > 0) {
            tally.breakOff("the time was over (--time " + limits.time().toSeconds() + "s)");
            return true;
        }
        if (!tally.breakTest(happened) && !isFollowed) {
            tally.breakOff("expected what is checked to start, but " + happened);
            return true;
        }
        return false;
    }

    private void sendInput(int port) throws IOException {
        try (DataOutputStream out = new DataOutputStream(process.getOutputStream())) {
            out.writeInt(port);
            out.writeUTF(secret);
            for (List<String> texts : List.of(arguments, List.copyOf(tally.begun()))) {
                out.writeInt(texts.size());
                for (String text : texts) {
                    out.writeUTF(text);
                }
            }
        }
    }

    private Socket accept(ServerSocket server) throws IOException {
        server.setSoTimeout(Math.toIntExact(MAX_START.toMillis()));
        while (true) {
            Socket socket = server.accept();
            socket.setSoTimeout(timeout(MAX_START));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            if (in.readUTF().equals(secret)) {
                pid = in.readLong();
                return socket;
            }
            socket.close();
        }
    }

    private int timeout(Duration max) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        return Math.toIntExact(Math.max(1, Math.min(left, max.toMillis())));
    }

    /** Takes an event, and returns whether another follows. */
    private boolean take(Socket socket, DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        switch (EventStream.Kind.values()[Math.min(kind, EventStream.Kind.DONE.ordinal())]) {
            case PLAN -> {
                Rule rule = Rule.valueOf(in.readUTF());
                if (tally.begun().isEmpty()) {
                    tally.plan(rule);
                }
            }
            case READY -> socket.setSoTimeout(timeout(MAX_TEST));
            case REFUSE -> throw new UsageException(in.readUTF());
            case BEGIN -> tally.begin(in.readUTF(), Rule.valueOf(in.readUTF()), in.readUTF());
            case PASS -> {
                requireLittleLeft();
                tally.pass();
                goOn(socket);
            }
            case LEAVE_OUT -> {
                tally.leaveOut(in.readUTF());
                goOn(socket);
            }
            case FAIL -> {
                tally.fail(in.readUTF(), in.readUTF());
                requireLittleLeft();
                goOn(socket);
            }
            case EXIT -> throw new BrokenTest("the JVM ended; common cause: System.exit");
            case BREAK -> {
                tally.breakOff(in.readUTF());
                return false;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Requires that the tests so far left few threads and open files behind: the tests that follow need some too. */
    private void requireLittleLeft() throws BrokenTest {
        for (String kind : List.of("task", "fd")) {
            String[] left = Path.of("/proc", String.valueOf(pid), kind).toFile().list();
            if (left != null && left.length > MAX_LEFT_BEHIND) {
                isFollowed = true;
                throw new BrokenTest("it left " + left.length + (kind.equals("fd") ? " open files" : " threads"));
            }
        }
    }

    private void goOn(Socket socket) throws IOException {
        isFollowed = true;
        socket.setSoTimeout(timeout(MAX_TEST));
        socket.getOutputStream().write(1);
    }

    /** Returns how the JVM ended. */
    private String exit(Exception e) {
        try {
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                return "it disturbed the kit: " + Printable.failure(e);
            }
            return switch (process.exitValue()) {
                case 3 ->
                    "the JVM ended with status 3; common cause: all memory was used (--memory " + limits.memory() + ")";
                case 137 -> "the JVM was killed; common cause: all memory of this computer was used";
                default -> "the JVM ended with status " + process.exitValue() + "; common cause: Runtime.halt";
            };
        } catch (InterruptedException interrupt) {
            throw new IllegalStateException(interrupt);
        }
    }

    private synchronized void endAll() {
        if (process != null) {
            mark.end(process);
        }
    }

    /** Ends all processes of the check and removes their folder. */
    @Override
    public synchronized void close() {
        isClosed = true;
        endAll();
        if (watch != null) {
            mark.end(watch);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            // What is checked has taken the right to read a folder.
        }
    }
}
