package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.internal.net.Addresses;
import udp.internal.text.Printable;
import udp.internal.trace.Trace;

/**
 * A client: sends a request to a server, waits for the reply, sends the request again if there is none.
 *
 * <pre>{@code
 * try (Client client = Client.of("localhost", 50007)) {
 *     System.out.println(client.ask("hello, world"));
 * }
 * }</pre>
 *
 * <p>Thread-safe: exchanges take turns, and closing ends the one in progress.
 */
public final class Client implements Closeable {
    private static final int MOST_PORTS = 16; // that are tried for one that was not used lately

    private final String name;
    private final List<InetSocketAddress> servers; // the one that answered last comes first
    private final TransportProvider provider;
    private final int localPort;
    private final RetryPolicy retransmission;
    private final Progress progress;
    private final PortHistory history = new PortHistory();
    private final ByteBuffer reply = ByteBuffer.allocateDirect(Addresses.MAX_PAYLOAD);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(Addresses.MAX_PAYLOAD);
    private volatile Exchange exchange; // the one in progress, or null
    private volatile boolean closed;

    Client(
            String name,
            List<InetSocketAddress> servers,
            TransportProvider provider,
            int localPort,
            RetryPolicy retransmission,
            Progress progress) {
        this.name = name;
        this.servers = new ArrayList<>(servers);
        this.provider = Objects.requireNonNull(provider);
        this.localPort = localPort;
        this.retransmission = Objects.requireNonNull(retransmission);
        this.progress = progress;
    }

    /**
     * A client with the transport {@code channel} and three tries in seven seconds.
     *
     * @param host a name, all of whose addresses are tried in turn, or an address
     * @param port 1 to 65535
     * @return a client; nothing has been sent
     * @throws UnknownHostException if the host does not resolve
     */
    public static Client of(String host, int port) throws UnknownHostException {
        return of(host, port, new ChannelClientProvider(), RetryPolicy.DEFAULT);
    }

    /**
     * A client.
     *
     * @param host a name, all of whose addresses are tried in turn, or an address
     * @param port 1 to 65535
     * @param provider opens the transports
     * @param retransmission how often to send and how long to wait
     * @return a client; nothing has been sent
     * @throws UnknownHostException if the host does not resolve
     * @throws IllegalArgumentException if the port is out of range
     */
    public static Client of(String host, int port, TransportProvider provider, RetryPolicy retransmission)
            throws UnknownHostException {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not in 1 to 65535");
        }
        return new Client(
                Printable.endpoint(host, port),
                Resolver.resolve(host, port, null, Trace.NONE),
                provider,
                0,
                retransmission,
                reason -> {});
    }

    /**
     * Sends a text and waits for the reply.
     *
     * @param text the request, sent as UTF-8
     * @return the reply, decoded as UTF-8
     * @throws IOException as {@link #exchange} does
     */
    public String ask(String text) throws IOException {
        String[] replies = new String[1];
        exchange(ByteBuffer.wrap(text.getBytes(UTF_8)), (received, next, peer) -> {
            replies[0] = UTF_8.decode(received).toString();
            return Outcome.NO_REPLY;
        });
        return replies[0];
    }

    /**
     * Sends a request, waits for the reply and hands it to a processor; what that answers is the next request, which
     * leaves from another port, until it answers {@link Outcome#NO_REPLY}.
     *
     * @param request the bytes to send, from its position to its limit, which both stay
     * @param processor takes the reply; what it throws comes out here
     * @throws java.net.SocketTimeoutException if no answer came in time
     * @throws java.net.PortUnreachableException if nothing listens there
     * @throws java.net.NoRouteToHostException if no address of the server can be reached
     * @throws ClosedChannelException if the client is closed, or this thread interrupted
     * @throws IOException if the network fails otherwise; the message is for the user
     * @throws IllegalArgumentException if a request is larger than a datagram, 65,507 bytes over IPv4 and 65,527 over
     *     IPv6; it was not sent
     */
    public synchronized void exchange(ByteBuffer request, MessageProcessor processor) throws IOException {
        ByteBuffer next = request;
        Outcome outcome;
        do {
            InetSocketAddress peer = exchange(next);
            answer.clear().order(ByteOrder.BIG_ENDIAN).limit(largestRequest());
            outcome = processor.process(reply.flip().order(ByteOrder.BIG_ENDIAN), answer, peer);
            next = answer.flip();
        } while (outcome == Outcome.REPLY);
    }

    /** Ends an exchange in progress with a {@link ClosedChannelException}; later ones fail with it too. */
    @Override
    public void close() throws IOException {
        closed = true;
        Exchange inProgress = exchange;
        if (inProgress != null) {
            inProgress.close();
        }
    }

    /** What every address of the server can take. */
    int largestRequest() {
        int least = Addresses.MAX_PAYLOAD;
        for (InetSocketAddress server : servers) {
            least = Math.min(least, Addresses.maxPayload(server));
        }
        return least;
    }

    private InetSocketAddress exchange(ByteBuffer request) throws IOException {
        if (request.remaining() > largestRequest()) {
            throw new MessageTooLargeException(
                    "the message is larger than a datagram (at most " + largestRequest() + " bytes)");
        }
        boolean empty = !request.hasRemaining();
        // not a lambda: one that captures takes longer to make, once for a JVM, than the whole exchange
        Exchange.Opener opener = new Exchange.Opener() {
            @Override
            public Transport open(InetSocketAddress server) throws IOException {
                return Client.this.open(server, empty);
            }
        };
        try (Exchange current = new Exchange(name, servers, opener, retransmission, progress)) {
            exchange = current;
            if (closed) { // before it could see the exchange
                throw new ClosedChannelException();
            }
            InetSocketAddress peer = current.run(request, reply);
            servers.remove(peer);
            servers.add(0, peer);
            return peer;
        } finally {
            exchange = null;
        }
    }

    private Transport open(InetSocketAddress server, boolean unconnected) throws IOException {
        InetSocketAddress local = Addresses.wildcard(Addresses.family(server), localPort);
        // a connected socket cannot send an empty datagram (rule 2.3); the exchange checks the sender itself
        TransportConfig config = new TransportConfig(local, unconnected ? null : server);
        Transport transport = open(config);
        for (int i = 1; i < MOST_PORTS && localPort == 0 && history.contains(port(transport)); i++) {
            Transport occupied = transport; // while it has its port, the system chooses another
            try {
                transport = open(config);
            } finally {
                occupied.close();
            }
        }
        history.add(port(transport));
        return transport;
    }

    private Transport open(TransportConfig config) throws IOException {
        try {
            return provider.open(config);
        } catch (BindException e) {
            if (localPort == 0) {
                throw e;
            }
            throw new LocalPortException(
                    "cannot send from port " + localPort + ": " + Printable.failure(e) + "; choose another");
        }
    }

    private static int port(Transport transport) {
        return transport.localAddress().getPort();
    }
}
