package udp.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import udp.internal.net.Addresses;

/**
 * Tells workers to stop. A worker that waits in {@code receive} is woken by a datagram to its socket: nothing else wakes it
 * and leaves the socket open, so that queued requests still get their replies. Thread-safe.
 */
final class StopSignal {
    private static final byte[] TEXT = "udp-server: wake up".getBytes(US_ASCII); // for readers of a capture
    private static final Duration MAX_PAUSE = Duration.ofMillis(64);

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
     * Sends the signal to workers again and again until all have ended or the time is over. A signal may get lost, or reach
     * another of several workers that share a port.
     */
    void sendUntilEnded(List<Worker> workers, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        Duration pause = Duration.ofMillis(1);
        try {
            // If all have ended, another program may have the port.
            while (!awaitEnd(workers, Duration.ZERO) && System.nanoTime() < deadline) {
                workers.forEach(Worker::wake);
                awaitEnd(workers, pause);
                pause = pause.compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
            }
        } finally {
            closeSockets();
        }
    }

    /** Waits for the end of workers for a limited time, even if the calling thread is interrupted. Returns whether all ended. */
    static boolean awaitEnd(List<Worker> workers, Duration time) {
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
        return workers.stream().noneMatch(worker -> worker.thread.isAlive());
    }

    /**
     * Sends a datagram to a socket of this server. Each leaves from a new port, since the source port decides which of the
     * sockets that share a port gets it.
     */
    synchronized void wake(InetSocketAddress bound) {
        InetAddress address = Addresses.reachable(bound.getAddress());
        try {
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0));
            sockets.add(socket);
            sources.add((InetSocketAddress) socket.getLocalSocketAddress());
            socket.send(new DatagramPacket(TEXT, TEXT.length, new InetSocketAddress(address, bound.getPort())));
        } catch (IOException | RuntimeException | Error e) {
            // No descriptor may be left, for example. Closing the transport wakes the worker too.
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

    private synchronized void closeSockets() {
        sockets.forEach(DatagramSocket::close);
        sockets.clear();
    }
}
