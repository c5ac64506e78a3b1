package udp.api.spi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A transport whose socket is a few functions. */
final class FakeTransport extends AbstractTransport {
    static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 4242);
    static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 7);

    interface Receive {
        InetSocketAddress receive(ByteBuffer buffer) throws IOException;
    }

    interface Send {
        void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException;
    }

    interface Close {
        void close() throws IOException;
    }

    final List<Integer> waits = new CopyOnWriteArrayList<>();
    final AtomicInteger unlimited = new AtomicInteger();
    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    Receive receive = buffer -> PEER;
    Send send = (datagram, destination) -> datagram.position(datagram.limit());
    Close close = () -> {};

    FakeTransport() {
        this(null);
    }

    FakeTransport(InetSocketAddress remote) {
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
