package udp.internal.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import udp.api.Transport;
import udp.internal.fault.FaultyLink.DelayedDatagram;
import udp.internal.net.Addresses;
import udp.internal.net.NanoClock;

/** A transport with faults between it and its network. Concurrent receivers, and concurrent senders, are serialised. */
final class FaultyTransport implements Transport {
    static final String THREAD_NAME = "udp delayed send";

    private final Transport transport;
    private final Faults faults;
    private final NanoClock clock;
    private final long start;
    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock receiving = new ReentrantLock();
    private final FaultyLink<InetSocketAddress> outgoing; // It is guarded by sending.
    private final FaultyLink<InetSocketAddress> incoming; // It is guarded by receiving.
    private final ByteBuffer arrived = ByteBuffer.allocate(Addresses.MAX_PAYLOAD);
    private final AtomicReference<PortUnreachableException> report = new AtomicReference<>();
    // A delayed datagram that comes in waits for the next receive. On the way out there may be no next send: the first
    // delayed datagram starts a thread. The field is guarded by sending.
    private Thread timer;
    private volatile boolean closed;

    FaultyTransport(Transport transport, Faults faults, Route outgoing, Route incoming, NanoClock clock, long start) {
        this.transport = Objects.requireNonNull(transport);
        this.faults = faults;
        this.clock = clock;
        this.start = start;
        Random seeds = new Random(faults.seed());
        this.outgoing = new FaultyLink<>(outgoing, seeds.nextLong());
        this.incoming = new FaultyLink<>(incoming, seeds.nextLong());
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer) throws IOException {
        return receive(buffer, FaultyLink.FOREVER);
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("negative timeout: " + timeout);
        }
        return receive(buffer, TimeUnit.NANOSECONDS.convert(timeout));
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        sending.lock();
        try {
            requireOpen();
            throwReport();
            if (!canBeSent(datagram, destination)) {
                transmit(datagram, destination); // If the datagram were lost here, the refusal would be too.
                return;
            }
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(datagram.position(), bytes);
            long now = now();
            DelayedDatagram<InetSocketAddress> own =
                    outgoing.enter(bytes, destination, now).first();
            if (own != null && own.due() > now) {
                wakeTimer();
            }
            sendDue(now, own);
            datagram.position(datagram.limit());
        } finally {
            sending.unlock();
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return transport.localAddress();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            transport.close();
        } finally {
            endTimer();
        }
    }

    /** Returns the transport and the faults, with which the run can be repeated. */
    @Override
    public String toString() {
        return transport + " with " + faults;
    }

    private InetSocketAddress receive(ByteBuffer buffer, long nanos) throws IOException {
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException("read-only buffer");
        }
        long called = now();
        receiving.lock();
        try {
            for (boolean looked = false; ; looked = true) {
                requireOpen();
                throwReport();
                long now = now();
                DelayedDatagram<InetSocketAddress> due = incoming.poll(now);
                if (due != null) {
                    int length = Math.min(due.bytes().length, buffer.remaining()); // The rest is lost (rule 1.3).
                    buffer.put(due.bytes(), 0, length);
                    return due.peer();
                }
                long left = nanos == FaultyLink.FOREVER ? nanos : nanos - (now - called);
                if (looked && left <= 0) { // One look is enough (rule 1.4): a flood that is lost would never end.
                    return null;
                }
                take(Math.min(left, incoming.nanosToNext(now)));
            }
        } finally {
            receiving.unlock();
        }
    }

    private void take(long nanos) throws IOException {
        arrived.clear();
        InetSocketAddress sender;
        try {
            sender = nanos == FaultyLink.FOREVER
                    ? transport.receive(arrived)
                    : transport.receive(arrived, Duration.ofNanos(Math.max(nanos, 0)));
        } catch (ClosedChannelException e) {
            closed = true; // An interrupt closed it (rule 4.2), so waiting datagrams must not be received (rule 3.3).
            throw e;
        }
        if (sender != null) {
            byte[] bytes = new byte[arrived.flip().remaining()];
            arrived.get(bytes);
            incoming.enter(bytes, sender, now());
        }
    }

    private void sendDue(long now, DelayedDatagram<InetSocketAddress> own) throws IOException {
        for (DelayedDatagram<InetSocketAddress> due = outgoing.poll(now); due != null; due = outgoing.poll(now)) {
            try {
                transmit(ByteBuffer.wrap(due.bytes()), due.peer());
            } catch (IOException | RuntimeException | Error e) {
                if (due == own) {
                    outgoing.drop(own); // If send throws, nothing has left (rule 2.1): its copy must not leave either.
                    throw e;
                }
                if (e instanceof PortUnreachableException unreachable) {
                    report.set(unreachable); // The system reports it only once, so the next call throws it (rule 1.6).
                }
                // Other failures are not reported: the caller that sent the datagram has returned.
            }
        }
    }

    private void transmit(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        try {
            transport.send(datagram, destination);
        } catch (ClosedChannelException e) {
            closed = true; // An interrupt closed it, as in take.
            throw e;
        }
    }

    /** Sends each delayed datagram when it is due, until the transport is closed. */
    private void sendLate() {
        while (true) {
            long left;
            sending.lock();
            try {
                if (closed) { // Not before the lock: waiting for it may use up the wake-up of endTimer.
                    return;
                }
                sendDue(now(), null);
                left = outgoing.nanosToNext(now());
            } catch (IOException e) {
                throw new AssertionError("sendDue throws only for a datagram of its caller", e);
            } finally {
                sending.unlock();
            }
            clock.pause(left);
        }
    }

    private void wakeTimer() {
        if (timer == null) {
            Thread thread = new Thread(this::sendLate, THREAD_NAME);
            thread.setDaemon(true);
            thread.start();
            timer = thread;
        }
        LockSupport.unpark(timer);
    }

    private void endTimer() {
        sending.lock(); // A sender before may have started the timer. A sender after finds the transport closed.
        try {
            LockSupport.unpark(timer);
        } finally {
            sending.unlock();
        }
    }

    private long now() {
        return clock.nanoTime() - start; // It begins at 0, so that FOREVER is later than all times.
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    private void throwReport() throws PortUnreachableException {
        PortUnreachableException unreachable = report.getAndSet(null);
        if (unreachable != null) {
            throw unreachable;
        }
    }

    private static boolean canBeSent(ByteBuffer datagram, InetSocketAddress destination) {
        return !destination.isUnresolved()
                && destination.getPort() != 0
                && datagram.remaining() <= Addresses.maxPayload(destination);
    }
}
