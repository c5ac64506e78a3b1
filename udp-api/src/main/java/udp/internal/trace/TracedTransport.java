package udp.internal.trace;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import udp.api.Transport;
import udp.internal.text.Printable;

/** A transport whose calls are shown. */
final class TracedTransport implements Transport {
    private final Transport transport;
    private final InetSocketAddress remote; // or null
    private final JavaNames names;
    private final Trace trace;
    private final AtomicBoolean closed = new AtomicBoolean();

    TracedTransport(Transport transport, InetSocketAddress remote, JavaNames names, Trace trace) {
        this.transport = transport;
        this.remote = remote;
        this.names = names;
        this.trace = trace;
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer) throws IOException {
        return receive(buffer, null);
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
        int from = buffer.position();
        try {
            InetSocketAddress peer = timeout == null ? transport.receive(buffer) : transport.receive(buffer, timeout);
            if (peer != null) {
                trace.show(step(Call.RECVFROM, peer).data(bytes(buffer, from, buffer.position())));
            } else if (!timeout.isZero()) { // which is a look, not a wait
                trace.show(
                        step(Call.TIME_OUT, remote).note("nothing within " + Printable.duration(roundedUp(timeout))));
            }
            return peer;
        } catch (ClosedChannelException e) {
            throw e; // close() is a step of its own
        } catch (IOException | RuntimeException e) {
            trace.show(step(Call.RECVFROM, remote).failed(Printable.failure(e)));
            throw e;
        }
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        // the time is that before the call, since the peer may have the datagram before the call returns
        Step.Builder step = step(Call.SENDTO, destination).data(bytes(datagram, datagram.position(), datagram.limit()));
        try {
            transport.send(datagram, destination);
        } catch (IOException | RuntimeException e) {
            trace.show(step.failed(Printable.failure(e)));
            throw e;
        }
        trace.show(step);
    }

    @Override
    public InetSocketAddress localAddress() {
        return transport.localAddress();
    }

    @Override
    public void close() throws IOException {
        try {
            transport.close();
        } finally {
            if (closed.compareAndSet(false, true)) {
                trace.show(step(Call.CLOSE, null));
            }
        }
    }

    @Override
    public String toString() {
        return transport.toString();
    }

    private Step.Builder step(Call call, InetSocketAddress peer) {
        return trace.step(call, names.of(call)).between(localAddress(), peer);
    }

    private static byte[] bytes(ByteBuffer buffer, int from, int to) {
        byte[] bytes = new byte[to - from];
        buffer.get(from, bytes);
        return bytes;
    }

    private static Duration roundedUp(Duration time) {
        return Duration.ofMillis(
                time.plusNanos(TimeUnit.MILLISECONDS.toNanos(1) - 1).toMillis());
    }
}
