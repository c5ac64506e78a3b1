package udp.it.kit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider.Role;
import udp.internal.net.Addresses;

/** A transport that is right, to be spoilt in one way by each subclass: the mistakes that students make. */
class WrongTransport implements Transport {
    final Transport right;
    final TransportConfig config;

    WrongTransport(TransportConfig config) throws IOException {
        this.config = config;
        this.right = Providers.transport(config.remote() == null ? Role.SERVER : Role.CLIENT, "socket")
                .open(config);
    }

    /** For one that is a client's, but whose socket is not connected. */
    WrongTransport(TransportConfig config, InetSocketAddress local) throws IOException {
        this.config = config;
        this.right = Providers.transport(Role.SERVER, "socket").open(TransportConfig.bind(local));
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer) throws IOException {
        return receiveOrNull(buffer, null);
    }

    @Override
    public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
        return receiveOrNull(buffer, timeout);
    }

    /** Both receives; without a limit it is null. */
    InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
        return limit == null ? right.receive(buffer) : right.receive(buffer, limit);
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        right.send(datagram, destination);
    }

    @Override
    public InetSocketAddress localAddress() {
        return right.localAddress();
    }

    @Override
    public void close() throws IOException {
        right.close();
    }

    static final class DecodesTheWholeBuffer extends WrongTransport {
        DecodesTheWholeBuffer(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            InetSocketAddress sender = super.receiveOrNull(buffer, limit);
            if (sender != null) {
                buffer.position(buffer.limit());
            }
            return sender;
        }
    }

    /** Receives into a buffer of its own and copies what came. */
    static class Copies extends WrongTransport {
        final ByteBuffer own;

        Copies(TransportConfig config, int size) throws IOException {
            super(config);
            own = ByteBuffer.allocate(size);
        }

        @Override
        InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            InetSocketAddress sender = super.receiveOrNull(own.clear(), limit);
            if (sender != null) {
                copy(own.array(), own.position(), buffer);
            }
            return sender;
        }

        void copy(byte[] bytes, int length, ByteBuffer buffer) throws IOException {
            buffer.put(bytes, 0, Math.min(length, buffer.remaining()));
        }
    }

    static final class CutsWhatItReceivesAt1024 extends Copies {
        CutsWhatItReceivesAt1024(TransportConfig config) throws IOException {
            super(config, 1024);
        }
    }

    static final class LeaksTheDatagramBefore extends Copies {
        private int longest;

        LeaksTheDatagramBefore(TransportConfig config) throws IOException {
            super(config, 65_535);
        }

        @Override
        void copy(byte[] bytes, int length, ByteBuffer buffer) throws IOException {
            longest = Math.max(longest, length);
            super.copy(bytes, longest, buffer);
        }
    }

    static final class TakesAnEmptyDatagramForTheEnd extends Copies {
        TakesAnEmptyDatagramForTheEnd(TransportConfig config) throws IOException {
            super(config, 65_535);
        }

        @Override
        void copy(byte[] bytes, int length, ByteBuffer buffer) throws IOException {
            if (length == 0) {
                throw new EOFException();
            }
            super.copy(bytes, length, buffer);
        }
    }

    static final class SkipsEmptyDatagrams extends WrongTransport {
        SkipsEmptyDatagrams(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            int start = buffer.position();
            InetSocketAddress sender;
            do {
                sender = super.receiveOrNull(buffer, limit);
            } while (sender != null && buffer.hasRemaining() && buffer.position() == start);
            return sender;
        }
    }

    static final class KeepsWhatDoesNotFit extends WrongTransport {
        private final ByteBuffer own = ByteBuffer.allocate(65_535).flip();
        private InetSocketAddress sender;

        KeepsWhatDoesNotFit(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            if (!own.hasRemaining()) {
                try {
                    sender = super.receiveOrNull(own.clear(), limit);
                } finally {
                    own.flip();
                }
            }
            while (own.hasRemaining() && buffer.hasRemaining()) {
                buffer.put(own.get());
            }
            return sender;
        }
    }

    static final class IgnoresArrayOffsetInReceive extends Copies {
        IgnoresArrayOffsetInReceive(TransportConfig config) throws IOException {
            super(config, 65_535);
        }

        @Override
        void copy(byte[] bytes, int length, ByteBuffer buffer) throws IOException {
            if (buffer.hasArray()) {
                int fits = Math.min(length, buffer.remaining());
                System.arraycopy(bytes, 0, buffer.array(), buffer.position(), fits);
                buffer.position(buffer.position() + fits);
            } else {
                super.copy(bytes, length, buffer);
            }
        }
    }

    static final class FlipsTheCallersBuffer extends WrongTransport {
        FlipsTheCallersBuffer(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            InetSocketAddress sender = super.receiveOrNull(buffer, limit);
            if (sender != null) {
                buffer.flip();
            }
            return sender;
        }
    }

    static final class HasNoTimeout extends WrongTransport {
        HasNoTimeout(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            return super.receiveOrNull(buffer, null);
        }
    }

    static final class TakesZeroForForever extends WrongTransport {
        TakesZeroForForever(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            return super.receiveOrNull(buffer, limit != null && limit.isZero() ? null : limit);
        }
    }

    static final class LeavesTheLimitSet extends WrongTransport {
        private Duration left;

        LeavesTheLimitSet(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            left = limit == null ? left : limit;
            return super.receiveOrNull(buffer, left);
        }
    }

    static final class CutsWhatItSendsAt1024 extends WrongTransport {
        CutsWhatItSendsAt1024(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            int end = datagram.limit();
            super.send(datagram.limit(Math.min(end, datagram.position() + 1024)), destination);
            datagram.limit(end).position(end);
        }
    }

    static final class IgnoresArrayOffsetInSend extends WrongTransport {
        IgnoresArrayOffsetInSend(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            if (datagram.hasArray()) {
                ByteBuffer wrong = ByteBuffer.wrap(datagram.array(), datagram.position(), datagram.remaining());
                super.send(wrong, destination);
                datagram.position(datagram.limit());
            } else {
                super.send(datagram, destination);
            }
        }
    }

    static final class DropsEmptyDatagramsSilently extends WrongTransport {
        DropsEmptyDatagramsSilently(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            if (datagram.hasRemaining()) {
                super.send(datagram, destination);
            }
        }
    }

    static final class DiesOnPort0 extends WrongTransport {
        DiesOnPort0(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            if (destination.getPort() == 0) {
                close();
                throw new IllegalStateException("nothing can be sent to port 0");
            }
            super.send(datagram, destination);
        }
    }

    static final class ClosesOnlyOnce extends WrongTransport {
        private boolean closed;

        ClosesOnlyOnce(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        public void close() throws IOException {
            boolean before = closed;
            closed = true;
            super.close();
            if (before) {
                throw new IllegalStateException("closed already");
            }
        }
    }

    static final class IgnoresClose extends WrongTransport {
        IgnoresClose(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        public void close() {}
    }

    static final class KeepsThePort extends WrongTransport {
        private volatile boolean closed;

        KeepsThePort(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            long start = System.nanoTime();
            while (true) {
                requireOpen();
                InetSocketAddress sender = super.receiveOrNull(buffer, Duration.ofMillis(1));
                if (sender != null
                        || limit != null
                                && Duration.ofNanos(System.nanoTime() - start).compareTo(limit) >= 0) {
                    return sender;
                }
            }
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            requireOpen();
            super.send(datagram, destination);
        }

        @Override
        public void close() {
            closed = true;
        }

        private void requireOpen() throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
        }
    }

    static final class ForgetsItsAddress extends WrongTransport {
        private volatile boolean closed;

        ForgetsItsAddress(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        public InetSocketAddress localAddress() {
            return closed ? null : super.localAddress();
        }

        @Override
        public void close() throws IOException {
            closed = true;
            super.close();
        }
    }

    static final class HasOneLock extends WrongTransport {
        HasOneLock(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        synchronized InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            return super.receiveOrNull(buffer, limit);
        }

        @Override
        public synchronized void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            super.send(datagram, destination);
        }
    }

    static final class EndsACallOnInterrupt extends WrongTransport {
        EndsACallOnInterrupt(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            FutureTask<InetSocketAddress> receive = Expect.inThread(() -> super.receiveOrNull(buffer, limit));
            try {
                return receive.get();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            } catch (ExecutionException e) {
                throw (IOException) e.getCause();
            }
        }
    }

    static final class ClosesOnAReport extends WrongTransport {
        ClosesOnAReport(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            try {
                return super.receiveOrNull(buffer, limit);
            } catch (PortUnreachableException e) {
                close();
                throw e;
            }
        }
    }

    /** Without {@code connect}, and therefore without reports of a closed port. */
    static class IsNotConnected extends WrongTransport {
        IsNotConnected(TransportConfig config) throws IOException {
            super(
                    config,
                    config.local().getAddress().isAnyLocalAddress()
                            ? new InetSocketAddress(
                                    Addresses.reachable(config.local().getAddress()),
                                    config.local().getPort())
                            : config.local());
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            if (!destination.isUnresolved() && !destination.equals(config.remote())) {
                throw new IllegalArgumentException("not the peer");
            }
            super.send(datagram, destination);
        }
    }

    static final class StartsTheTimeAnewForStrangers extends IsNotConnected {
        StartsTheTimeAnewForStrangers(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        InetSocketAddress receiveOrNull(ByteBuffer buffer, Duration limit) throws IOException {
            while (true) {
                ByteBuffer copy = buffer.duplicate();
                InetSocketAddress sender = super.receiveOrNull(copy, limit);
                if (sender == null || sender.equals(config.remote())) {
                    buffer.position(copy.position());
                    return sender;
                }
            }
        }
    }

    static final class SendsAnywhere extends WrongTransport {
        SendsAnywhere(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            super.send(datagram, destination.isUnresolved() ? destination : config.remote());
        }
    }
}
