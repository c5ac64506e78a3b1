package udp.it.kit.run;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import udp.contract.Rule;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;

/**
 * The JVM in which the tests run, with what is checked: this JVM never loads it. A JVM that ends before its tests do is
 * followed by another, for the tests after the one that ended it.
 */
public final class CheckedJvm implements Closeable {
    /** The limits for the start or a test of a class, and of a program. The kit itself has shorter limits for both. */
    private static final Duration MAX_STEP = Duration.ofSeconds(80);

    private static final Duration MAX_STEP_OF_PROGRAM = Duration.ofSeconds(260);

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
    private final boolean isClass;
    private final long end;
    private final CheckedProcesses processes;
    private String secret;
    private long pid;
    private boolean isFollowed; // A test of this JVM had a verdict.

    /**
     * Prepares what is needed to start.
     *
     * @param main the class whose {@code main} reads a port, a secret, the arguments and the tests that began before
     * @param isClass whether what is checked is a class: only then, the JVM runs in an empty folder
     * @param output takes what is printed
     */
    public CheckedJvm(
            Class<?> main,
            List<String> arguments,
            boolean isClass,
            RuleTally tally,
            CheckLimits limits,
            PrintStream output)
            throws IOException {
        this.main = main;
        this.arguments = arguments;
        this.isClass = isClass;
        this.tally = tally;
        this.limits = limits;
        end = System.nanoTime() + limits.time().toNanos();
        String mark = isClass ? "checked code: " : ""; // Beside a program, only the kit prints.
        processes = new CheckedProcesses(limits, new CheckedOutput(output, mark, limits.output()));
    }

    /**
     * Runs the tests to their end.
     *
     * @throws UsageException if there is nothing to check
     */
    public void run() throws IOException {
        boolean isOver = false;
        while (!isOver) {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                secret = UUID.randomUUID().toString();
                Process process = processes.start(main, isClass);
                process.onExit().thenRun(() -> close(server));
                isOver = follow(server, process.getOutputStream());
                processes.endAll();
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

    /** Returns a class path that is right in another folder too. */
    public static String absolute(String classPath) {
        return CheckedProcesses.absolute(classPath);
    }

    /** Takes the events of the JVM, and returns whether they are the last. */
    private boolean follow(ServerSocket server, OutputStream input) throws IOException {
        isFollowed = false;
        String happened;
        try {
            sendInput(server.getLocalPort(), input);
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

    private void sendInput(int port, OutputStream input) throws IOException {
        try (DataOutputStream out = new DataOutputStream(input)) {
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
        server.setSoTimeout(timeout());
        while (true) {
            Socket socket = server.accept();
            socket.setSoTimeout(timeout());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            if (in.readUTF().equals(secret)) {
                pid = in.readLong();
                return socket;
            }
            socket.close();
        }
    }

    private int timeout() {
        Duration max = isClass ? MAX_STEP : MAX_STEP_OF_PROGRAM;
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
            case READY -> {
                tally.ready();
                socket.setSoTimeout(timeout());
            }
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
            case NOTE -> tally.note(in.readUTF());
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

    private void requireLittleLeft() throws BrokenTest {
        String tooMuch = CheckedProcesses.tooMuchLeft(pid);
        if (tooMuch != null) {
            isFollowed = true;
            throw new BrokenTest("it left " + tooMuch);
        }
    }

    private void goOn(Socket socket) throws IOException {
        isFollowed = true;
        socket.setSoTimeout(timeout());
        socket.getOutputStream().write(1);
    }

    private String exit(Exception e) {
        try {
            String exit = processes.exit();
            return exit == null ? "it disturbed the kit: " + Printable.failure(e) : exit;
        } catch (InterruptedException interrupt) {
            throw new IllegalStateException(interrupt);
        }
    }

    @Override
    public void close() {
        processes.close();
    }
}
