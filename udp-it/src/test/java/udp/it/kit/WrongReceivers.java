package udp.it.kit;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import udp.api.spi.TransportConfig;

/** Transports that receive wrongly, each in one way. */
final class WrongReceivers {
    private WrongReceivers() {}

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

    /** Receives into another buffer and copies the datagram. */
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
}
