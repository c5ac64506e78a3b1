package udp.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import udp.api.spi.AbstractTransport;

/** A transport whose socket consists of functions that a test replaces. */
public final class FakeTransport extends AbstractTransport {
    public static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 4242);
    public static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 7);

    public interface Receive {
        InetSocketAddress receive(ByteBuffer buffer) throws IOException;
    }

    public interface Send {
        void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException;
    }

    public interface Close {
        void close() throws IOException;
    }

    public final List<Integer> waits = new CopyOnWriteArrayList<>();
    public final AtomicInteger unlimited = new AtomicInteger();
    public final AtomicInteger sent = new AtomicInteger();
    public final AtomicInteger closed = new AtomicInteger();

    public Receive receive = buffer -> PEER;
    public Send send = (datagram, destination) -> datagram.position(datagram.limit());
    public Close close = () -> {};

    public FakeTransport() {
        this(null);
    }

    public FakeTransport(InetSocketAddress remote) {
        super(LOCAL, remote);
    }

    @Override
    protected InetSocketAddress receiveFrom(ByteBuffer buffer) throws IOException {
        unlimited.incrementAndGet();
        return receive.receive(buffer);
    }

    @Override
    protected InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) throws IOException {
        waits.add(millis);
        return receive.receive(buffer);
    }

    @Override
    protected void sendTo(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        sent.incrementAndGet();
        send.send(datagram, destination);
    }

    @Override
    protected boolean isOpen() {
        return true;
    }

    @Override
    protected void closeSocket() throws IOException {
        closed.incrementAndGet();
        close.close();
    }
}
