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

/** A transport whose calls are traced. */
final class TracedTransport implements Transport {
    private final Transport transport;
    private final InetSocketAddress remote; // or null
    private final JavaNames names;
    private final LiveTrace trace;
    private final AtomicBoolean closed = new AtomicBoolean();

    TracedTransport(Transport transport, InetSocketAddress remote, JavaNames names, LiveTrace trace) {
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
                trace.record(step(Call.RECVFROM, peer).withData(bytes(buffer, from, buffer.position())));
            } else if (!timeout.isZero()) { // Zero looks and does not wait.
                trace.record(step(Call.TIME_OUT, remote)
                        .withNote("nothing within " + Printable.duration(roundedUp(timeout))));
            }
            return peer;
        } catch (ClosedChannelException e) {
            throw e; // Closing is another step.
        } catch (IOException | RuntimeException e) {
            trace.record(step(Call.RECVFROM, remote).withFailure(Printable.failure(e)));
            throw e;
        }
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        // The step has the time before the call: the peer may have the datagram before the call returns.
        Step step = step(Call.SENDTO, destination).withData(bytes(datagram, datagram.position(), datagram.limit()));
        try {
            transport.send(datagram, destination);
        } catch (IOException | RuntimeException e) {
            trace.record(step.withFailure(Printable.failure(e)));
            throw e;
        }
        trace.record(step);
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
                trace.record(step(Call.CLOSE, null));
            }
        }
    }

    @Override
    public String toString() {
        return transport.toString();
    }

    private Step step(Call call, InetSocketAddress peer) {
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
