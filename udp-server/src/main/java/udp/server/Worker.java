package udp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import udp.api.Transport;
import udp.internal.text.Printable;
import udp.server.monitor.Statistics;

/**
 * One transport of a server, and the thread that serves it. A transport that fails is replaced, unless it was itself a
 * replacement and has received nothing: then the failure is here to stay, and the worker ends.
 */
final class Worker {
    /** Opens a transport in the place of one that has failed. */
    @FunctionalInterface
    interface Opener {
        Transport open(InetSocketAddress local) throws IOException;
    }

    private final InetSocketAddress local;
    private final Opener opener;
    private final StopSignal wakeUp;
    private final ReceiveLoop loop;
    private final Thread thread;
    private final Runnable atEnd;
    private volatile Transport transport;
    private volatile IOException failure;

    /** Without an opener, null, no transport is replaced. */
    Worker(Transport transport, Opener opener, ReceiveLoop loop, StopSignal wakeUp, Runnable atEnd) {
        this.local = transport.localAddress();
        this.transport = transport;
        this.opener = opener;
        this.wakeUp = wakeUp;
        this.loop = loop;
        this.atEnd = atEnd;
        this.thread = new Thread(this::run, "udp-server " + Printable.address(local));
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    InetSocketAddress localAddress() {
        return local;
    }

    Statistics statistics() {
        return loop.statistics();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Why it has ended, or null. */
    IOException failure() {
        return failure;
    }

    /** Wakes it, if the datagram gets there; what it does then is in the wake-up. */
    void wake() {
        if (failure == null) { // else its port may be somebody else's by now
            wakeUp.send(local);
        }
        LockSupport.unpark(thread); // from its pause after a failure
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
        try {
            IOException last;
            long receivedBefore = -1; // the first transport is replaced even if it has received nothing
            while ((last = serve()) != null && statistics().received() > receivedBefore && replace(last)) {
                receivedBefore = statistics().received();
            }
        } finally {
            atEnd.run();
        }
    }

    /** Returns null once it was told to stop, with the transport open, or else why it has failed, with it closed. */
    private IOException serve() {
        try {
            loop.run(transport);
            return null;
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException("the transport failed: " + e, e);
        }
        try {
            transport.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private boolean replace(IOException cause) {
        if (opener == null || wakeUp.isRequested()) {
            return false;
        }
        try {
            transport = opener.open(local);
        } catch (IOException e) {
            cause.addSuppressed(e);
            return false;
        }
        failure = null;
        loop.reportReplaced(cause);
        return true;
    }
}
