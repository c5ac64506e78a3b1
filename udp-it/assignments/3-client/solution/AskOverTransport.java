import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** Sends a request and returns its reply, over sockets of any kind. Optional: README.md says how it is checked. */
public class AskOverTransport {
    private static final int TRIES = 3;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final InetSocketAddress server;
    private final TransportProvider sockets;
    private final LongSupplier clock;

    /**
     * Makes a client.
     *
     * @param sockets opens them: {@code sockets.open(TransportConfig.connect(server))}
     * @param clock the time in nanoseconds, to be taken instead of System.nanoTime
     */
    AskOverTransport(InetSocketAddress server, TransportProvider sockets, LongSupplier clock) {
        this.server = server;
        this.sockets = sockets;
        this.clock = clock;
    }

    /** Returns the reply, or null if none came after three tries, with waits of one, two and four seconds. */
    byte[] ask(byte[] request) throws IOException {
        // A socket for each request: a late reply to an earlier request goes to a closed port.
        try (Transport socket = sockets.open(TransportConfig.connect(server))) {
            long wait = FIRST_WAIT.toNanos();
            for (int i = 0; i < TRIES; i++) {
                send(socket, request);
                byte[] reply = receive(socket, clock.getAsLong() + wait);
                if (reply != null) {
                    return reply;
                }
                wait *= 2;
            }
            return null;
        }
    }

    private void send(Transport socket, byte[] request) throws IOException {
        try {
            socket.send(ByteBuffer.wrap(request), server);
        } catch (PortUnreachableException e) {
            // what was sent before found nobody; the server may be starting
        }
    }

    private byte[] receive(Transport socket, long end) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(65_535);
        for (long left = end - clock.getAsLong(); left > 0; left = end - clock.getAsLong()) {
            try {
                if (socket.receive(buffer, Duration.ofNanos(left)) != null) {
                    return Arrays.copyOf(buffer.array(), buffer.position());
                }
            } catch (PortUnreachableException e) {
                // wait for what is left
            }
        }
        return null;
    }
}
