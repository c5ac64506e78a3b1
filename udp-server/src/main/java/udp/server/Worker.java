package udp.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.api.cli.Printable;
import udp.api.spi.TransportConfig;

/** One transport of a server, and the thread that serves it. */
final class Worker {
    private final Transport transport;
    private final ReceiveLoop loop;
    private final Thread thread;
    private final Runnable atEnd;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile IOException failure;

    Worker(Transport transport, MessageProcessor processor, Runnable atEnd) {
        this.transport = transport;
        this.loop = new ReceiveLoop(transport, processor);
        this.atEnd = atEnd;
        this.thread = new Thread(this::run, "udp-server " + Printable.address(transport.localAddress()));
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    InetSocketAddress localAddress() {
        return transport.localAddress();
    }

    Statistics statistics() {
        return loop.statistics();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Why it has ended, or null. */
    IOException failure() {
        return failure;
    }

    /** To end once what is queued is answered. */
    void stop() {
        if (stopping.compareAndSet(false, true)) {
            wake();
            LockSupport.unpark(thread); // from its pause after a failure
        }
    }

    /** Even if this thread is interrupted: what is queued is to be answered. */
    void join(long deadline) {
        boolean interrupted = false;
        long left;
        while (thread.isAlive() && (left = deadline - System.nanoTime()) > 0) {
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

    void close() throws IOException {
        transport.close();
    }

    private void run() {
        try (transport) {
            loop.run();
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException("the transport failed: " + e, e);
        } finally {
            atEnd.run();
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
}
