package udp.api.spi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import udp.api.Transport;

/**
 * A transport without its socket: checks the arguments, keeps the deadlines and the closed state, and reports with the same
 * exceptions what the JDK's sockets report in different ways. A subclass adds five socket calls. Concurrent receivers, and
 * concurrent senders, are serialised (rule 4.1).
 */
public abstract class AbstractTransport implements Transport {
    // A process that is stopped (SIGSTOP) just before a wait waits the full time after SIGCONT: so in slices.
    private static final long MAX_WAIT = TimeUnit.MILLISECONDS.toNanos(200);

    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final ReentrantLock receiving = new ReentrantLock();
    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean closed;
    private boolean socketClosed;

    /**
     * Takes over a socket that is open, bound and, if it has a peer, connected.
     *
     * @param local the address and port that the socket is bound to
     * @param remote the peer that the socket is connected to, or null
     */
    protected AbstractTransport(InetSocketAddress local, InetSocketAddress remote) {
        this.local = Objects.requireNonNull(local);
        this.remote = remote;
    }

    /** Waits for a datagram, puts it into a writable buffer (rules 1.1 to 1.3) and returns the sender. */
    protected abstract InetSocketAddress receiveFrom(ByteBuffer buffer) throws IOException;

    /**
     * Does the same, but waits no longer than the given milliseconds, 0 to 200; 0 looks once and does not wait. Returns null
     * if nothing came. It may return early, but not much too late.
     */
    protected abstract InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) throws IOException;

    /**
     * Sends a datagram (rule 2.1), or throws if it was not sent. The datagram is not empty if the transport is connected. The destination
     * is a resolved address whose port is not 0, and the peer if the transport is connected.
     */
    protected abstract void sendTo(ByteBuffer datagram, InetSocketAddress destination) throws IOException;

    /** Returns whether the socket is open. An interrupt may have closed it. */
    protected abstract boolean isOpen();

    /** Closes the socket and wakes the threads that wait in it. It is called once. */
    protected abstract void closeSocket() throws IOException;

    @Override
    public final InetSocketAddress receive(ByteBuffer buffer) throws IOException {
        requireWritable(buffer);
        receiving.lock();
        try {
            requireOpen();
            return receiveFrom(buffer);
        } catch (IOException | RuntimeException e) {
            throw translated(e);
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public final InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
        requireWritable(buffer);
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("negative timeout: " + timeout);
        }
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        long start = System.nanoTime();
        receiving.lock(); // The wait for another receiver is part of this wait.
        try {
            requireOpen();
            for (boolean looked = false; ; looked = true) {
                long left = nanos - (System.nanoTime() - start);
                if (looked && left <= 0) {
                    return null;
                }
                InetSocketAddress sender = receiveFrom(buffer, millis(Math.min(left, MAX_WAIT)));
                if (sender != null) {
                    return sender;
                }
            }
        } catch (IOException | RuntimeException e) {
            throw translated(e);
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public final void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        sending.lock();
        try {
            requireOpen();
            requireReachable(destination);
            if (remote != null
                    && !datagram.hasRemaining()) { // The JDK would send nothing and report success (rule 2.3).
                throw new SocketException("a connected socket of the JDK cannot send an empty datagram");
            }
            sendTo(datagram, destination);
        } catch (IOException | RuntimeException e) {
            throw translated(e);
        } finally {
            sending.unlock();
        }
    }

    @Override
    public final InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public final void close() throws IOException {
        if (closeSocketOnce()) { // If closing fails, it may have woken nobody.
            // The kernel keeps the port as long as a thread is inside one of its calls (rule 3.4).
            receiving.lock();
            receiving.unlock();
            sending.lock();
            sending.unlock();
        }
    }

    /** Returns the kind of transport and both addresses, for logs. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[local=" + local + (remote == null ? "]" : ", remote=" + remote + "]");
    }

    private static void requireWritable(ByteBuffer buffer) {
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException("read-only buffer");
        }
    }

    private void requireReachable(InetSocketAddress destination) throws IOException {
        if (destination.isUnresolved()) {
            throw new UnknownHostException(destination.getHostString());
        }
        if (remote != null && !destination.equals(remote)) {
            throw new IllegalArgumentException("connected to " + remote + ", so nothing can be sent to " + destination);
        }
        if (destination.getPort() == 0) {
            throw new SocketException("port 0 is reserved, nothing can be sent there (RFC 6335)");
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    /** Rounds up to milliseconds: a wait of 0 would not wait at all, and spin. */
    private static int millis(long nanos) {
        return nanos <= 0 ? 0 : (int) ((nanos + 999_999) / 1_000_000);
    }

    private IOException translated(Exception e) {
        if (!(e instanceof ClosedChannelException) && (closed || !isOpen())) {
            return (ClosedChannelException) new ClosedChannelException().initCause(e);
        }
        if (e instanceof UnsupportedAddressTypeException) {
            return new SocketException("the socket does not speak the destination's address family");
        }
        if (e instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return (IOException) e;
    }

    /** Closes the socket, and returns whether it is closed. A second closer waits for the first here (rule 3.4). */
    private synchronized boolean closeSocketOnce() throws IOException {
        if (!closed) {
            closed = true;
            closeSocket();
            socketClosed = true;
        }
        return socketClosed;
    }
}
