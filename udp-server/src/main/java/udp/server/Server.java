package udp.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.server.guard.RateLimit;
import udp.server.guard.SourceFilter;
import udp.server.monitor.KernelDrops;
import udp.server.monitor.ServerLog;
import udp.server.monitor.Statistics;

/**
 * A server: receives a datagram, hands it to a processor, sends the answer back to where the datagram came from, until it
 * is closed. Nothing that a datagram, a processor or a failing send does ends it. Thread-safe.
 *
 * <pre>{@code
 * try (Server server = Server.start(transport, MessageProcessor.ofText(String::toUpperCase))) {
 *     server.await();
 * }
 * }</pre>
 */
public final class Server implements Closeable {
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(2); // told to stop, it ends within 3 seconds
    private static final long CLOSED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100); // between two wake-ups

    private final List<Worker> workers;
    private final StopSignal wakeUp = new StopSignal();
    private final CountDownLatch ended = new CountDownLatch(1); // all by close(), or one by a failure
    private OptionalLong kernelDrops; // null until the transports are closed

    private Server(
            List<Transport> transports, Worker.Opener opener, Supplier<MessageProcessor> processors, RateLimit limit) {
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("no transport");
        }
        Set<InetSocketAddress> own =
                transports.stream().map(Transport::localAddress).collect(Collectors.toUnmodifiableSet());
        ServerLog log = new ServerLog(System::nanoTime); // one, or each worker had the limit to itself
        workers = transports.stream()
                .map(transport -> {
                    MessageProcessor processor = Objects.requireNonNull(processors.get());
                    ReceiveLoop loop = new ReceiveLoop(new SourceFilter(own), limit, processor, wakeUp, log);
                    return new Worker(transport, opener, loop, wakeUp, ended::countDown);
                })
                .toList();
    }

    /**
     * Starts a server on a thread of its own, which does not keep the JVM alive.
     *
     * @param transport a bound transport, closed together with the server
     * @param processor what a request becomes; called by one thread
     * @return a server that is receiving
     */
    public static Server start(Transport transport, MessageProcessor processor) {
        Objects.requireNonNull(processor);
        return start(List.of(transport), () -> processor);
    }

    /**
     * Starts a server on several transports, such as one for each address of the host, with a thread for each.
     *
     * @param transports bound transports, at least one, closed together with the server
     * @param processors asked once for each transport
     * @return a server that is receiving
     */
    public static Server start(List<Transport> transports, Supplier<MessageProcessor> processors) {
        return start(transports, null, processors, RateLimit.NONE);
    }

    /** As above; a transport that fails is replaced by the opener, if there is one. */
    static Server start(
            List<Transport> transports, Worker.Opener opener, Supplier<MessageProcessor> processors, RateLimit limit) {
        Server server = new Server(transports, opener, processors, limit);
        server.workers.forEach(Worker::start);
        return server;
    }

    /**
     * Where the server receives.
     *
     * @return the address and port that are really bound; of several transports, those of the first
     */
    public InetSocketAddress localAddress() {
        return workers.get(0).localAddress();
    }

    /**
     * What became of the datagrams so far, over all transports.
     *
     * @return the counts
     */
    public Statistics statistics() {
        return workers.stream().map(Worker::statistics).reduce(Statistics::plus).orElseThrow();
    }

    /**
     * How many datagrams the system has dropped so far before the server could receive them, most of them because it
     * received too slowly for its socket's buffer.
     *
     * @return the number for the sockets that are open, or were when the server was closed; empty where the system does
     *     not tell, as any but Linux
     */
    public synchronized OptionalLong kernelDrops() {
        return kernelDrops != null
                ? kernelDrops
                : KernelDrops.of(workers.stream().map(Worker::localAddress).toList());
    }

    /**
     * Waits until the server has ended, which it does when it is closed or receiving fails; if it fails on one of several
     * transports, the others are still to be closed.
     *
     * @throws IOException if receiving failed
     * @throws InterruptedException if this thread was interrupted; the server goes on
     */
    public void await() throws IOException, InterruptedException {
        ended.await();
        for (Worker worker : workers) {
            if (worker.failure() != null) {
                throw worker.failure();
            }
        }
    }

    /**
     * Stops receiving new datagrams, answers those that are queued, and closes the transports. It takes no longer than 3
     * seconds: an answer that is not ready by then is not sent. Called by the processor it returns at once, and the
     * server ends after that.
     */
    @Override
    public void close() throws IOException {
        wakeUp.request();
        if (workers.stream().anyMatch(Worker::isCurrentThread)) {
            Thread closer = new Thread(this::closeAsTheProcessorAsked, "udp-server close");
            closer.setDaemon(true);
            closer.start();
            return;
        }
        wakeAll();
        closeTransports();
        long deadline = System.nanoTime() + CLOSED_NANOS;
        workers.forEach(worker -> worker.join(deadline));
    }

    private void closeAsTheProcessorAsked() {
        try {
            close();
        } catch (IOException e) {
            // there is nobody left to tell
        }
    }

    /**
     * Wakes again and again, since a wake-up may get lost, or to another of several workers that share a port. As many go
     * out each time as there are workers, not only as many as still wait: the system does not know which of them do.
     */
    private void wakeAll() {
        long deadline = System.nanoTime() + STOP_NANOS;
        long pause = TimeUnit.MILLISECONDS.toNanos(1);
        try (wakeUp) {
            while (workers.stream().anyMatch(Worker::isAlive) && System.nanoTime() < deadline) {
                workers.forEach(Worker::wake);
                long next = Math.min(deadline, System.nanoTime() + pause);
                workers.forEach(worker -> worker.join(next));
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
        }
    }

    private synchronized void closeTransports() throws IOException {
        if (kernelDrops == null) {
            kernelDrops = kernelDrops();
        }
        IOException failure = null;
        for (Worker worker : workers) {
            try {
                worker.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
