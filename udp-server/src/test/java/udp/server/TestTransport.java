package udp.server;

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

/** A transport that receives what it was given and then fails, as if it were closed unless told otherwise. One thread. */
public final class TestTransport implements Transport {
    public static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 4007);
    public static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 50007);
    public static final InetSocketAddress PEER6 = new InetSocketAddress("::1", 4007);

    private record Datagram(byte[] bytes, InetSocketAddress sender) {}

    public final List<String> sent = new ArrayList<>();
    public final Deque<Throwable> receiveFailures = new ArrayDeque<>();
    public final Deque<Throwable> sendFailures = new ArrayDeque<>();
    public Exception end = new ClosedChannelException();
    public int closed;

    private final Deque<Datagram> incoming = new ArrayDeque<>();

    public TestTransport with(String text) {
        return with(text.getBytes(UTF_8), PEER);
    }

    public TestTransport with(byte[] bytes, InetSocketAddress sender) {
        incoming.add(new Datagram(bytes, sender));
        return this;
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer) throws IOException {
        throwNext(receiveFailures);
        Datagram datagram = incoming.poll();
        if (datagram == null) {
            throwIt(end);
        }
        buffer.put(datagram.bytes);
        return datagram.sender;
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
        return incoming.isEmpty() ? null : receive(buffer);
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        throwNext(sendFailures);
        sent.add(UTF_8.decode(datagram).toString());
    }

    @Override
    public InetSocketAddress localAddress() {
        return LOCAL;
    }

    @Override
    public void close() {
        closed++;
    }

    private static void throwNext(Deque<Throwable> failures) throws IOException {
        Throwable failure = failures.poll();
        if (failure != null) {
            throwIt(failure);
        }
    }

    private static void throwIt(Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        throw (RuntimeException) failure;
    }
}
