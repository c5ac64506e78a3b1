package udp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;
import udp.api.Transport;
import udp.internal.text.Printable;
import udp.server.statistics.Statistics;

/**
 * Serves one transport on one thread. A transport that fails is replaced. If the replacement fails too and has received
 * nothing, the failure is permanent and the worker ends.
 */
final class Worker implements Runnable {
    final InetSocketAddress local;
    final Thread thread;
    private final TransportFactory factory;
    private final ReceiveLoop loop;
    private final StopSignal stop;
    private final Runnable onFailure;
    private volatile Transport transport;
    private volatile IOException failure; // null unless the transport has failed

    Worker(Transport transport, TransportFactory factory, ReceiveLoop loop, StopSignal stop, Runnable onFailure) {
        this.local = transport.localAddress();
        this.transport = transport;
        this.factory = factory;
        this.loop = loop;
        this.stop = stop;
        this.onFailure = onFailure;
        this.thread = new Thread(this, "udp-server " + Printable.address(local));
        thread.setDaemon(true);
    }

    @Override
    public void run() {
        try {
            // A transport that fails before it has received anything is replaced only if it is the first.
            for (long receivedBefore = -1; ; receivedBefore = statistics().received()) {
                try {
                    loop.run(transport);
                    return;
                } catch (IOException e) {
                    fail(e);
                } catch (RuntimeException | Error e) {
                    fail(new IOException("the transport failed: " + e, e));
                }
                if (statistics().received() == receivedBefore || !replace()) {
                    return;
                }
            }
        } finally {
            if (failure != null) {
                onFailure.run();
            }
        }
    }

    private void fail(IOException cause) {
        failure = cause;
        loop.observer.recordClosing();
        try {
            transport.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private boolean replace() {
        IOException cause = failure;
        try {
            transport = factory.open(local);
            if (stop.isRequested()) { // The server may have closed the transport before.
                transport.close();
                return false;
            }
        } catch (IOException | RuntimeException | Error e) {
            cause.addSuppressed(e);
            return false;
        }
        failure = null;
        loop.observer.recordReplaced(local, cause);
        return true;
    }

    /** Sends the stop signal to this worker, and ends its pause after a failure. */
    void wake() {
        if (failure == null) { // After a failure, another program may have the port.
            stop.wake(transport);
        }
        LockSupport.unpark(thread);
    }

    Statistics statistics() {
        return loop.observer.statistics();
    }

    /** Returns why the transport has failed, or null if it works. */
    IOException failure() {
        return failure;
    }

    Transport transport() {
        return transport;
    }
}
