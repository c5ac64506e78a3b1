package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import udp.api.Transport;

/**
 * A transport without a socket: a test says in advance what it receives and which calls fail. Unlike {@code AbstractTransport},
 * it does not report a call as closed that ends after the close.
 */
final class ScriptedTransport implements Transport {
    /** One call of {@code receive}, with the limit of its wait. */
    @FunctionalInterface
    interface Reception {
        InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException;
    }

    final List<String> sent = new ArrayList<>();
    final Deque<IOException> sendFailures = new ArrayDeque<>();
    final Deque<Reception> receptions = new ArrayDeque<>();
    private final InetSocketAddress local;
    boolean closed;
    int sends;

    ScriptedTransport(int localPort) {
        local = new InetSocketAddress(Loopback.IPV4, localPort);
    }

    ScriptedTransport receiving(String text, InetSocketAddress sender) {
        receptions.add((buffer, timeout) -> {
            buffer.put(text.getBytes(UTF_8));
            return sender;
        });
        return this;
    }

    ScriptedTransport failing(IOException failure) {
        receptions.add((buffer, timeout) -> {
            throw failure;
        });
        return this;
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer) {
        throw new UnsupportedOperationException("a client's wait always has a limit");
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
        requireOpen();
        Reception next = receptions.poll();
        return next == null ? null : next.receive(buffer, timeout);
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
