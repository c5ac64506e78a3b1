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
 * What every transport does alike: checks of the arguments, deadlines, the closed state, and one exception for what the
 * JDK's sockets report in different ways. A subclass adds the socket calls.
 *
 * <p>Two receivers, or two senders, at a time take turns (rule 4.1).
 */
public abstract class AbstractTransport implements Transport {
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    // at once: a process that is stopped (SIGSTOP) just before a wait begins would wait all of it when it goes on
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(200);

    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final ReentrantLock receiving = new ReentrantLock();
    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean closed;
    private boolean socketClosed;

    /**
     * To be called once the socket is open, bound and, if it has a peer, connected.
     *
     * @param local the address and port that the socket is bound to
     * @param remote the peer that it is connected to, or null
     */
    protected AbstractTransport(InetSocketAddress local, InetSocketAddress remote) {
        this.local = Objects.requireNonNull(local);
        this.remote = remote;
    }

    /**
     * Waits for a datagram.
     *
     * @param buffer a writable buffer
     * @return the sender
     * @throws IOException if the socket fails or is closed
     */
    protected abstract InetSocketAddress receiveFrom(ByteBuffer buffer) throws IOException;

    /**
     * Waits for a datagram for a limited time. It may return null too early, but not much too late.
     *
     * @param buffer a writable buffer
     * @param millis how long to wait, in milliseconds, up to 200; 0 to look once without waiting
     * @return the sender, or null if nothing came
     * @throws IOException if the socket fails or is closed
     */
    protected abstract InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) throws IOException;

    /**
     * Sends a datagram.
     *
     * @param datagram the bytes to send; not empty if the transport is connected
     * @param destination a resolved address whose port is not 0; the peer if the transport is connected
     * @throws IOException if it was not sent
     */
    protected abstract void sendTo(ByteBuffer datagram, InetSocketAddress destination) throws IOException;

    /**
     * Whether the socket is open; an interrupt may have closed it.
     *
     * @return false if it is closed
     */
    protected abstract boolean isOpen();

    /**
     * Closes the socket and wakes whoever waits in it; called once.
     *
     * @throws IOException if the system reports a failure
     */
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
        long left = nanos;
        if (!receiving.tryLock()) { // another receiver's wait is part of this one's
            receiving.lock();
            left = nanos - (System.nanoTime() - start);
        }
        try {
            requireOpen();
            do {
                InetSocketAddress sender = receiveFrom(buffer, millis(Math.min(left, LONGEST_WAIT)));
                if (sender != null) {
                    return sender;
                }
                left = nanos - (System.nanoTime() - start);
            } while (left > 0);
            return null;
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
            if (remote != null && !datagram.hasRemaining()) {
                // rule 2.3: the JDK would report success and send nothing
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
        closed = true;
        try {
            closeSocketOnce();
        } finally {
            // rule 3.4: the kernel keeps the port for as long as a thread is inside one of its calls
            awaitReleaseOf(receiving);
            awaitReleaseOf(sending);
        }
    }

    /** The kind of transport and both addresses, for logs. */
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

    /** Rounds up, since a wait of 0 would not wait at all and spin. */
    private static int millis(long nanos) {
        return nanos <= 0 ? 0 : (int) ((nanos - 1) / NANOS_PER_MILLI + 1);
    }

    private IOException translated(Exception e) {
        if (!(e instanceof ClosedChannelException) && (closed || !isOpen())) {
            ClosedChannelException translation = new ClosedChannelException();
            translation.initCause(e);
            return translation;
        }
        if (e instanceof IOException failure) {
            return failure;
        }
        if (e instanceof UnsupportedAddressTypeException) {
            return new SocketException("the socket does not speak the destination's address family");
        }
        throw (RuntimeException) e;
    }

    /** A second closer waits here for the first, so that rule 3.4 holds for it too. */
    private synchronized void closeSocketOnce() throws IOException {
        if (!socketClosed) {
            socketClosed = true;
            closeSocket();
        }
    }

    private static void awaitReleaseOf(ReentrantLock lock) {
        lock.lock();
        lock.unlock();
    }
}
