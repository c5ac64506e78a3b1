package udp.test;

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
 * A transport without a socket. A test lays down what each receive gets and which sends fail. Behind the end of the script
 * receive fails with {@link #end}; with a time limit it returns null. One thread.
 */
public final class ScriptedTransport implements Transport {
    public static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 50_007);
    public static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 4007);
    public static final InetSocketAddress PEER6 = new InetSocketAddress("::1", 4007);

    /** What one call of receive does. */
    @FunctionalInterface
    public interface Reception {
        InetSocketAddress into(ByteBuffer buffer) throws IOException;
    }

    public final List<String> sent = new ArrayList<>();
    public final Deque<Throwable> sendFailures = new ArrayDeque<>();
    public Exception end = new ClosedChannelException();
    public int sends;
    public int closed;

    private final Deque<Reception> script = new ArrayDeque<>();
    private final InetSocketAddress local;

    public ScriptedTransport() {
        this(LOCAL);
    }

    public ScriptedTransport(InetSocketAddress local) {
        this.local = local;
    }

    public ScriptedTransport receiving(String text) {
        return receiving(text.getBytes(UTF_8), PEER);
    }

    public ScriptedTransport receiving(byte[] bytes, InetSocketAddress sender) {
        return then(buffer -> {
            buffer.put(bytes);
            return sender;
        });
    }

    public ScriptedTransport failing(Throwable failure) {
        return then(buffer -> {
            throw rethrown(failure);
        });
    }

    public ScriptedTransport then(Reception reception) {
        script.add(reception);
        return this;
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer) throws IOException {
        requireOpen();
        Reception next = script.poll();
        if (next == null) {
            throw rethrown(end);
        }
        return next.into(buffer);
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
        requireOpen();
        return script.isEmpty() ? null : receive(buffer);
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        requireOpen();
        sends++;
        Throwable failure = sendFailures.poll();
        if (failure != null) {
            throw rethrown(failure);
        }
        sent.add(UTF_8.decode(datagram).toString());
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public void close() {
        closed++;
    }

    /** Returns an IOException, so that the compiler knows that nothing follows, and throws any other kind. */
    public static IOException rethrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return (IOException) failure;
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed > 0) {
            throw new ClosedChannelException(); // rule 3.3
        }
    }
}
