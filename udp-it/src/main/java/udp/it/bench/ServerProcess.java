package udp.it.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import udp.internal.cli.UsageException;
import udp.internal.net.Addresses;
import udp.internal.text.Printable;

/** A running server, which ends with this JVM at the latest. */
final class ServerProcess implements Closeable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(20);
    private static final Duration END_LIMIT = Duration.ofSeconds(3);
    private static final int PROBE_MILLIS = 50;
    private static final String PROBE = "ready?";

    /** The resources of the process: used so far, and resident bytes of memory; -1 for what is not known. */
    record Usage(CpuTime cpu, long allocated, long resident) {}

    private final ServerCommand command;
    private final Process process;
    private final Thread atExit = new Thread(this::kill, "udp-it bench exit");
    private final Thread errorReader = new Thread(this::readErrors, "udp-it bench server errors");
    private final InetSocketAddress address;
    private volatile String lastError = "";

    private ServerProcess(ServerCommand command, InetSocketAddress address) {
        this.command = command;
        this.address = address;
        ProcessBuilder builder = new ProcessBuilder(command.at(address.getPort()));
        if (!command.ours()) {
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        }
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UsageException("the server '" + command.name() + "' cannot be started: " + Printable.failure(e));
        }
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) { // the JVM is already ending
            kill();
            throw e;
        }
        errorReader.setDaemon(true);
        errorReader.start();
    }

    /**
     * Starts a server on a free port and waits for its first reply.
     *
     * @throws UsageException if there is no such program
     * @throws IOException if the server ends, or does not reply in upper case
     */
    static ServerProcess start(ServerCommand command) throws IOException {
        InetAddress loopback = Addresses.loopback(StandardProtocolFamily.INET);
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            InetSocketAddress address;
            try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
                address = (InetSocketAddress) free.getLocalSocketAddress();
            }
            probe.connect(address);
            ServerProcess server = new ServerProcess(command, address);
            try {
                server.awaitReply(probe);
                return server;
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        }
    }

    InetSocketAddress address() {
        return address;
    }

    String name() {
        return command.name();
    }

    Usage usage() throws IOException {
        return new Usage(CpuTime.of(process.toHandle()), command.ours() ? allocated() : -1, resident());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void requireAlive() throws IOException {
        if (!isAlive()) {
            throw ended();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the JVM is ending, and the hook ends the server
        }
        everyProcess().forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        everyProcess().forEach(ProcessHandle::destroyForcibly);
    }

    /** Returns the descendants first, because the system forgets those of a process that has ended. */
    private Stream<ProcessHandle> everyProcess() {
        return Stream.concat(process.descendants().toList().stream(), Stream.of(process.toHandle()));
    }

    private void awaitReply(DatagramSocket probe) throws IOException {
        probe.setSoTimeout(PROBE_MILLIS);
        DatagramPacket reply = new DatagramPacket(new byte[100], 100);
        byte[] request = PROBE.getBytes(UTF_8);
        long start = System.nanoTime();
        do {
            requireAlive();
            try {
                probe.send(new DatagramPacket(request, request.length));
                probe.receive(reply);
                requireUpperCase(new String(reply.getData(), 0, reply.getLength(), UTF_8));
                return;
            } catch (SocketTimeoutException e) {
                // not yet
            } catch (PortUnreachableException e) {
                pause();
            }
        } while (System.nanoTime() - start < READY_LIMIT.toNanos());
        throw new IOException("the server '" + command.name() + "' does not reply on " + Printable.address(address));
    }

    private void requireUpperCase(String reply) throws IOException {
        if (!reply.equals("READY?")) {
            throw new IOException("the server '" + command.name() + "' replies to '" + PROBE + "' with '"
                    + Printable.line(reply) + "'; it must reply with the text in upper case");
        }
    }

    /** Waits a little, but not longer than the process runs. */
    private void pause() {
        try {
            process.waitFor(PROBE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long allocated() throws IOException {
        try {
            process.outputWriter(UTF_8).append('\n').flush();
            String line = process.inputReader(UTF_8).readLine();
            if (line != null) {
                return Long.parseLong(line);
            }
        } catch (IOException e) {
            // the process has closed the pipe
        }
        throw ended();
    }

    /** Returns the memory of the process and its descendants (Linux). */
    private long resident() {
        long sum = 0;
        for (ProcessHandle each : everyProcess().toList()) {
            try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(each.pid()), "status"))) {
                String kibibytes = lines.filter(line -> line.startsWith("VmRSS:"))
                        .findFirst()
                        .orElse("0")
                        .replaceAll("\\D", "");
                sum += Long.parseLong(kibibytes) << 10;
            } catch (IOException | UncheckedIOException e) {
                return -1;
            }
        }
        return sum;
    }

    private IOException ended() {
        try {
            boolean known = process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            errorReader.join(END_LIMIT.toMillis());
            return new IOException("the server '" + command.name() + "' ended"
                    + (known ? " with status " + process.exitValue() : "")
                    + (lastError.isEmpty() ? "" : ": " + Printable.line(lastError)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IOException("the server '" + command.name() + "' ended");
        }
    }

    /** Reads to the end, because a full pipe would stop the server. */
    private void readErrors() {
        try (BufferedReader lines = process.errorReader(UTF_8)) {
            lines.lines().filter(line -> !line.isBlank()).forEach(line -> lastError = line);
        } catch (IOException | UncheckedIOException e) {
            // the stream was closed with the process
        }
    }
}
