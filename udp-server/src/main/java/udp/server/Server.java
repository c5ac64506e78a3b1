package udp.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.api.spi.TransportConfig;

/**
 * A server: receives a datagram, hands it to a processor, sends the answer to where the datagram came from, until it is
 * closed. Nothing that a datagram, a processor or a failing send does ends it. Thread-safe.
 *
 * <pre>{@code
 * try (Server server = Server.start(transport, MessageProcessor.ofText(String::toUpperCase))) {
 *     server.await();
 * }
 * }</pre>
 */
public final class Server implements Closeable {
    private static final long STOP_MILLIS = 2_000; // a server that is told to stop ends within 3 seconds
    private static final long CLOSED_MILLIS = 500;

    private final Transport transport;
    private final ReceiveLoop loop;
    private final Thread thread;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile IOException failure;

    private Server(Transport transport, MessageProcessor processor) {
        this.transport = transport;
        this.loop = new ReceiveLoop(transport, Objects.requireNonNull(processor));
        this.thread =
                new Thread(this::run, "udp-server " + transport.localAddress().getPort());
        thread.setDaemon(true);
    }

    /**
     * Starts a server on a thread of its own, which does not keep the JVM alive.
     *
     * @param transport a bound transport, closed together with the server
     * @param processor what a request becomes; called by one thread
     * @return a server that is receiving
     */
    public static Server start(Transport transport, MessageProcessor processor) {
        Server server = new Server(transport, processor);
        server.thread.start();
        return server;
    }

    /**
     * Where the server receives.
     *
     * @return the address and port that are really bound
     */
    public InetSocketAddress localAddress() {
        return transport.localAddress();
    }

    /**
     * What became of the datagrams so far.
     *
     * @return the counts
     */
    public Statistics statistics() {
        return loop.statistics();
    }

    /**
     * Waits until the server has ended, which it does when it is closed or receiving fails.
     *
     * @throws IOException if receiving failed
     * @throws InterruptedException if this thread was interrupted; the server goes on
     */
    public void await() throws IOException, InterruptedException {
        thread.join();
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Stops receiving new datagrams, answers those that are queued, and closes the transport. It takes no longer than 3
     * seconds: an answer that is not ready by then is not sent. Called by the processor it returns at once, and the
     * server ends after that.
     */
    @Override
    public void close() throws IOException {
        if (stopping.compareAndSet(false, true)) {
            wake();
        }
        if (Thread.currentThread() == thread) {
            return;
        }
        LockSupport.unpark(thread); // from its pause after a failure
        join(STOP_MILLIS);
        transport.close();
        join(CLOSED_MILLIS);
    }

    private void run() {
        try (transport) {
            loop.run();
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException("the transport failed: " + e, e);
        }
    }

    /**
     * Nothing but a datagram wakes a blocked receive and leaves the socket open for what else is queued. Should it be
     * lost, closing the transport does the rest.
     */
    private void wake() {
        InetSocketAddress bound = transport.localAddress();
        loop.stop(bound);
        if (!thread.isAlive()) {
            return;
        }
        InetAddress address = TransportConfig.reachable(bound.getAddress());
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0))) {
            loop.stop((InetSocketAddress) socket.getLocalSocketAddress());
            socket.send(new DatagramPacket(new byte[0], 0, new InetSocketAddress(address, bound.getPort())));
        } catch (IOException | RuntimeException | Error e) {
            // out of descriptors, for example
        }
    }

    /** Even if this thread is interrupted: what is queued is to be answered. */
    private void join(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean interrupted = false;
        long left;
        while (thread.isAlive() && (left = end - System.nanoTime()) > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
