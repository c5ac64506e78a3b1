package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import udp.api.Transport;

/** A transport without a socket: what it receives, and which of its calls fail, is laid down before. */
final class FakeTransport implements Transport {
    /** What one call of receive does. */
    @FunctionalInterface
    interface Reception {
        InetSocketAddress into(ByteBuffer buffer) throws IOException;
    }

    final List<String> sent = new ArrayList<>();
    final Deque<IOException> sendFailures = new ArrayDeque<>();
    final Deque<Reception> receptions = new ArrayDeque<>();
    private final InetSocketAddress local;
    boolean closed;
    int sends;

    FakeTransport(int localPort) {
        local = new InetSocketAddress(InetAddress.getLoopbackAddress(), localPort);
    }

    FakeTransport receiving(String text, InetSocketAddress sender) {
        receptions.add(buffer -> {
            buffer.put(text.getBytes(UTF_8));
            return sender;
        });
        return this;
    }

    FakeTransport failing(IOException failure) {
        receptions.add(buffer -> {
            throw failure;
        });
        return this;
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer) {
        throw new UnsupportedOperationException("an exchange always has a limit");
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
        requireOpen();
        Reception next = receptions.poll();
        return next == null ? null : next.into(buffer);
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        requireOpen();
        sends++;
        IOException failure = sendFailures.poll();
        if (failure != null) {
            throw failure;
        }
        sent.add(UTF_8.decode(datagram).toString());
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException(); // rule 3.3
        }
    }
}
