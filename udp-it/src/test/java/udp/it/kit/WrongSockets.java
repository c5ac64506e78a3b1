package udp.it.kit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.opentest4j.TestAbortedException;
import udp.api.spi.TransportConfig;
import udp.contract.KitAssertions;
import udp.internal.net.Addresses;

/** Transports that send, close or connect wrongly, each in one way. */
final class WrongSockets {
    private WrongSockets() {}

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

    static class ClosesOnlyOnce extends WrongTransport {
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
                throw refusal();
            }
        }

        RuntimeException refusal() {
            return new IllegalStateException("closed already");
        }
    }

    static final class AbortsTheTestOfASecondClose extends ClosesOnlyOnce {
        AbortsTheTestOfASecondClose(TransportConfig config) throws IOException {
            super(config);
        }

        @Override
        RuntimeException refusal() {
            return new TestAbortedException("does not apply");
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
            FutureTask<InetSocketAddress> receive = KitAssertions.inThread(() -> super.receiveOrNull(buffer, limit));
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

    /** A client without {@code connect}, and therefore without reports of a closed port. */
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
