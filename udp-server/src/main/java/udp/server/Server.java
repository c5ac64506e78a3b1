package udp.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import udp.api.MessageProcessor;
import udp.api.Transport;

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

    private final List<Worker> workers;
    private final CountDownLatch ended = new CountDownLatch(1); // all by close(), or one by a failure

    private Server(List<Transport> transports, Supplier<MessageProcessor> processors) {
        workers = transports.stream()
                .map(transport -> new Worker(transport, Objects.requireNonNull(processors.get()), ended::countDown))
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
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("no transport");
        }
        Server server = new Server(transports, processors);
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
        workers.forEach(Worker::stop);
        if (workers.stream().anyMatch(Worker::isCurrentThread)) {
            return;
        }
        join(STOP_NANOS);
        IOException failure = null;
        for (Worker worker : workers) {
            try {
                worker.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        join(CLOSED_NANOS);
        if (failure != null) {
            throw failure;
        }
    }

    private void join(long nanos) {
        long deadline = System.nanoTime() + nanos;
        workers.forEach(worker -> worker.join(deadline));
    }
}
