package udp.internal.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import udp.api.Transport;
import udp.internal.net.Addresses;

/** A transport behind a network with faults. Two receivers, or two senders, at a time take turns (rule 4.1). */
final class FaultyTransport implements Transport {
    static final String THREAD_NAME = "udp delayed send";

    private final Transport transport;
    private final Faults faults;
    private final long start = System.nanoTime();
    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock receiving = new ReentrantLock();
    private final FaultyLink outgoing; // under sending
    private final FaultyLink incoming; // under receiving
    private final ByteBuffer arrived = ByteBuffer.allocate(Addresses.MAX_PAYLOAD);
    private final AtomicReference<PortUnreachableException> report = new AtomicReference<>();
    // receive waits for what is due on its way in, but on its way out nobody might call again: that takes a thread,
    // from
    // the first datagram on that does not leave at once
    private ScheduledExecutorService timer; // under sending; null until then
    private volatile boolean closed;

    FaultyTransport(Transport transport, Faults faults) {
        this.transport = Objects.requireNonNull(transport);
        this.faults = faults;
        Random seeds = new Random(faults.seed());
        outgoing = new FaultyLink(faults, seeds.nextLong());
        incoming = new FaultyLink(faults, seeds.nextLong());
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
                transmit(datagram, destination); // for the transport to refuse, which it could not if this were lost
                return;
            }
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(datagram.position(), bytes);
            long now = now();
            FaultyLink.Datagram own = outgoing.enter(bytes, destination, now);
            if (own != null && own.due() > now) {
                timer().schedule(this::sendLate, own.due() - now, TimeUnit.NANOSECONDS);
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

    /** The transport, and what is needed to run it again. */
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
                FaultyLink.Datagram due = incoming.poll(now);
                if (due != null) {
                    buffer.put(due.bytes(), 0, Math.min(due.bytes().length, buffer.remaining())); // rule 1.3
                    return due.peer();
                }
                long left = nanos == FaultyLink.FOREVER ? nanos : nanos - (now - called);
                if (looked && left <= 0) { // once for rule 1.4, and no more: a flood that is lost would never end
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
            closed = true; // by an interrupt (rule 4.2): what still waits must not be received (rule 3.3)
            throw e;
        }
        if (sender != null) {
            byte[] bytes = new byte[arrived.flip().remaining()];
            arrived.get(bytes);
            incoming.enter(bytes, sender, now());
        }
    }

    private void sendDue(long now, FaultyLink.Datagram own) throws IOException {
        for (FaultyLink.Datagram due = outgoing.poll(now); due != null; due = outgoing.poll(now)) {
            try {
                transmit(ByteBuffer.wrap(due.bytes()), due.peer());
            } catch (IOException | RuntimeException e) {
                if (due == own) {
                    outgoing.drop(own); // rule 2.1: what throws has not left, and its copy must not either
                    throw e;
                }
                if (e instanceof PortUnreachableException unreachable) {
                    report.set(unreachable); // it tells about an earlier datagram, and tells only once (rule 1.6)
                }
                // nobody else can be told: its sender has gone on
            }
        }
    }

    private void transmit(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        try {
            transport.send(datagram, destination);
        } catch (ClosedChannelException e) {
            closed = true; // as in take
            throw e;
        }
    }

    private void sendLate() {
        sending.lock();
        try {
            sendDue(now(), null);
        } catch (IOException e) {
            throw new AssertionError("only a datagram of the caller's own fails", e);
        } finally {
            sending.unlock();
        }
    }

    private ScheduledExecutorService timer() {
        if (timer == null) {
            timer = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, THREAD_NAME);
                thread.setDaemon(true);
                return thread;
            });
        }
        return timer;
    }

    private void endTimer() {
        sending.lock(); // a sender before may have started the timer; one after finds the transport closed
        try {
            if (timer != null) {
                timer.shutdownNow();
            }
        } finally {
            sending.unlock();
        }
    }

    private long now() {
        return System.nanoTime() - start; // begins at 0, so that times can be compared and FOREVER is after all of them
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
