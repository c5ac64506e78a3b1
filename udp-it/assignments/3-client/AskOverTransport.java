import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;
import udp.api.spi.TransportProvider;

/** Sends a request and returns its reply, over sockets of any kind. Optional: README.md says how it is checked. */
public class AskOverTransport {
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
        throw new UnsupportedOperationException("ask is to be written; the server is " + server);
    }
}
