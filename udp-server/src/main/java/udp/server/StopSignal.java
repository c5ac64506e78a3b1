package udp.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import udp.api.Transport;
import udp.internal.net.Addresses;
import udp.internal.net.SocketBinder;
import udp.server.monitor.KernelDrops;

/**
 * Tells workers to stop. A worker that waits in {@code receive} is woken by a datagram to its socket: nothing else wakes it
 * and leaves the socket open, so that queued requests still get their replies. Thread-safe.
 */
final class StopSignal {
    private static final byte[] TEXT = "udp-server: wake up".getBytes(US_ASCII); // for readers of a capture
    private static final Duration MAX_PAUSE = Duration.ofMillis(64);
    private static final Duration SHORT_PAUSE = Duration.ofMillis(2);
    private static final Duration STOP_TIME = Duration.ofSeconds(2); // with JOIN_TIME, less than 3 seconds
    private static final Duration JOIN_TIME = Duration.ofMillis(500);

    private final Set<InetSocketAddress> sources = ConcurrentHashMap.newKeySet();
    private final List<DatagramSocket> sockets = new ArrayList<>(); // open, so that no client gets one of their ports
    private volatile boolean requested;

    void request() {
        requested = true;
    }

    boolean isRequested() {
        return requested;
    }

    /** Returns whether a datagram from this source is the signal, and no request. */
    boolean isSource(InetSocketAddress source) {
        return requested && sources.contains(source);
    }

    /**
     * Ends workers that have been told to stop, and closes their transports, within 3 seconds. Sends them the signal again
     * and again, since it may get lost, or reach another of the workers that share a port. So the transport of a worker
     * that has ended is closed at once: then the system gives the signal, and what clients send, to the others. A thread
     * that still waits in Java is in its processor, and needs no more signals: each takes a descriptor.
     */
    void end(List<Worker> workers, KernelDrops kernelDrops) throws IOException {
        long deadline = System.nanoTime() + STOP_TIME.toNanos();
        Duration pause = Duration.ofMillis(1);
        IOException failure = null;
        List<Worker> running = workers;
        try {
            while (true) {
                Map<Boolean, List<Worker>> alive =
                        running.stream().collect(Collectors.partitioningBy(worker -> worker.thread.isAlive()));
                kernelDrops.count(); // The system forgets the counts of sockets that are closed.
                failure = close(alive.get(false), failure);
                running = alive.get(true);
                if (running.isEmpty() || System.nanoTime() >= deadline) {
                    break; // If all have ended, another program may have the port.
                }
                for (Worker worker : running) {
                    if (pause.compareTo(SHORT_PAUSE) <= 0 || worker.thread.getState() == Thread.State.RUNNABLE) {
                        worker.wake();
                    }
                }
                awaitEnd(running, pause);
                pause = pause.compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
            }
        } finally {
            closeSockets();
        }
        kernelDrops.freeze();
        failure = close(running, failure);
        awaitEnd(running, JOIN_TIME);
        if (failure != null) {
            throw failure;
        }
    }

    private static IOException close(List<Worker> workers, IOException earlier) {
        try {
            SocketBinder.close(workers.stream().map(Worker::transport).toList());
        } catch (IOException e) {
            if (earlier == null) {
                return e;
            }
            earlier.addSuppressed(e);
        }
        return earlier;
    }

    /** Waits for the end of workers for a limited time, even if the calling thread is interrupted. */
    private static void awaitEnd(List<Worker> workers, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        boolean interrupted = false;
        for (Worker worker : workers) {
            long left;
            while (worker.thread.isAlive() && (left = deadline - System.nanoTime()) > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedJoin(worker.thread, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sends a datagram to a socket of this server. Each leaves from a new port, since the source port decides which of the
     * sockets that share a port gets it. If the host has lost the address, only closing the transport wakes its worker.
     */
    synchronized void wake(Transport transport) {
        InetSocketAddress bound = transport.localAddress();
        InetAddress address = Addresses.reachable(bound.getAddress());
        try {
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0));
            sockets.add(socket);
            sources.add((InetSocketAddress) socket.getLocalSocketAddress());
            socket.send(new DatagramPacket(TEXT, TEXT.length, new InetSocketAddress(address, bound.getPort())));
        } catch (IOException | RuntimeException | Error e) {
            closeIfGone(address, transport);
        }
    }

    private static void closeIfGone(InetAddress address, Transport transport) {
        try {
            if (NetworkInterface.getByInetAddress(address) == null) {
                transport.close();
            }
        } catch (IOException | RuntimeException | Error e) {
            // No descriptor may be left, for example. Closing the transport, at the end, wakes the worker too.
        }
    }

    /** Closes a server whose own processor asks for it, and who cannot wait for the end of its own thread. */
    static void closeInBackground(Server server) {
        Runnable close = () -> {
            try {
                server.close();
            } catch (IOException e) {
                // The processor has gone on: nobody is left to tell.
            }
        };
        Thread closer = new Thread(close, "udp-server close");
        closer.setDaemon(true);
        closer.start();
    }

    /** Closes a server that cannot start, and returns why. */
    static Error closedAfter(Error failure, Server server) {
        try {
            server.close();
        } catch (IOException | RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private synchronized void closeSockets() {
        sockets.forEach(DatagramSocket::close);
        sockets.clear();
    }
}
