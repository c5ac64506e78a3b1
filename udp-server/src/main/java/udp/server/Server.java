package udp.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.server.guard.Guards;
import udp.server.guard.RateLimit;
import udp.server.monitor.KernelDrops;
import udp.server.monitor.Observer;
import udp.server.monitor.ServerLog;
import udp.server.statistics.Statistics;

/**
 * A server: receives a request, hands it to a processor and sends the reply to the request's source, until it is closed.
 * No datagram, processor or failing send ends it. Thread-safe.
 */
public final class Server implements Closeable {
    private final List<Worker> workers;
    private final KernelDrops kernelDrops;
    private final StopSignal stop = new StopSignal();
    private final CountDownLatch ended = new CountDownLatch(1); // by close(), or by the failure of a worker

    private Server(
            List<Transport> transports,
            TransportFactory factory,
            Supplier<MessageProcessor> processors,
            RateLimit limit) {
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("no transport");
        }
        Set<InetSocketAddress> own =
                transports.stream().map(Transport::localAddress).collect(Collectors.toUnmodifiableSet());
        kernelDrops = new KernelDrops(own);
        ServerLog log = new ServerLog(System::nanoTime);
        Guards guards = new Guards(own, limit);
        workers = transports.stream()
                .map(transport -> {
                    MessageProcessor processor = Objects.requireNonNull(processors.get());
                    ReceiveLoop loop =
                            new ReceiveLoop(processor, guards.another(), new Observer(log, kernelDrops), stop);
                    return new Worker(transport, factory, loop, stop, ended::countDown);
                })
                .toList();
    }

    /**
     * Starts a server with one thread, which does not keep the JVM alive.
     *
     * @param transport a bound transport, closed together with the server
     * @param processor makes the replies; called by one thread
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
     * @param processors asked once for each transport; if it throws, the transports stay open
     * @return a server that is receiving
     */
    public static Server start(List<Transport> transports, Supplier<MessageProcessor> processors) {
        return start(transports, TransportFactory.NONE, processors, RateLimit.NONE);
    }

    /** Starts a server whose failed transports are replaced, with a limit to its replies. */
    static Server start(
            List<Transport> transports,
            TransportFactory factory,
            Supplier<MessageProcessor> processors,
            RateLimit limit) {
        Server server = new Server(transports, factory, processors, limit);
        try {
            server.workers.forEach(worker -> worker.thread.start());
        } catch (Error e) { // The system has no more threads.
            throw StopSignal.closedAfter(e, server);
        }
        return server;
    }

    /** {@return the address and port that the server is bound to; of several transports, those of the first} */
    public InetSocketAddress localAddress() {
        return workers.get(0).local;
    }

    /** {@return the counts of what became of the requests so far, over all transports} */
    public Statistics statistics() {
        return workers.stream().map(Worker::statistics).reduce(Statistics::plus).orElseThrow();
    }

    /**
     * {@return the number of datagrams that the system has dropped so far, or until the server was closed, since the server
     * received them too slowly for its sockets' buffers; empty if the system does not tell (only Linux does)}
     */
    public OptionalLong kernelDrops() {
        return kernelDrops.count();
    }

    /**
     * Waits until the server has ended: it is closed, or receiving fails for good. If receiving fails on one of several
     * transports, the others stay open.
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
     * Stops receiving, replies to what is queued, and closes the transports, within 3 seconds; later replies are not sent. If
     * a processor calls it, it returns at once and the server ends after that processor's reply.
     */
    @Override
    public void close() throws IOException {
        stop.request();
        if (workers.stream().anyMatch(worker -> worker.thread == Thread.currentThread())) {
            StopSignal.closeInBackground(this);
            return;
        }
        try {
            stop.end(workers, kernelDrops);
        } finally {
            ended.countDown();
        }
    }
}
