package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.api.spi.TransportProvider;
import udp.internal.jfr.FlightEvents;
import udp.internal.net.Addresses;

/**
 * A client: sends a request to a server, waits for the reply, and sends the request again if none comes. Thread-safe:
 * exchanges take turns, and closing ends the exchange in progress.
 */
public final class Client implements Closeable {
    private final ServerAddresses servers;
    private final ClientSockets sockets;
    private final RetryPolicy policy;
    private final RetryListener listener;
    private final ByteBuffer reply = ByteBuffer.allocate(Addresses.MAX_PAYLOAD);
    private final ByteBuffer next = ByteBuffer.allocate(Addresses.MAX_PAYLOAD);

    Client(ServerAddresses servers, ClientSockets sockets, RetryPolicy policy, RetryListener listener) {
        this.servers = servers;
        this.sockets = sockets;
        this.policy = Objects.requireNonNull(policy);
        this.listener = listener;
    }

    /**
     * Makes a client with the transport {@code channel} and three tries in seven seconds.
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
     * Makes a client.
     *
     * @param host a name, all of whose addresses are tried in turn, or an address
     * @param port 1 to 65535
     * @param provider opens the transports
     * @param policy how often to send and how long to wait
     * @return a client; nothing has been sent
     * @throws UnknownHostException if the host does not resolve
     * @throws IllegalArgumentException if the port is out of range
     */
    public static Client of(String host, int port, TransportProvider provider, RetryPolicy policy)
            throws UnknownHostException {
        ClientSockets sockets = new ClientSockets(provider, 0);
        return new Client(ServerAddresses.lookUp(host, port, policy.total()), sockets, policy, RetryListener.NONE);
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
            return Outcome.NO_REPLY; // There is no next request.
        });
        return replies[0];
    }

    /**
     * Sends a request, waits for the reply and hands it to a processor. If the processor replies, its reply is the next
     * request, which leaves from another port. The exchange ends when the processor returns {@link Outcome#NO_REPLY}.
     *
     * @param request the bytes to send, from its position to its limit, which both stay
     * @param processor takes the reply; what it throws is thrown here; it must not use this client
     * @throws java.net.SocketTimeoutException if no reply came in time
     * @throws java.net.PortUnreachableException if nothing listens on the port
     * @throws java.net.NoRouteToHostException if no address of the server can be reached
     * @throws ClosedChannelException if the client is closed, or this thread interrupted
     * @throws IOException if the network fails otherwise
     * @throws IllegalArgumentException if a request is larger than a datagram, 65,507 bytes over IPv4 and 65,527 over
     *     IPv6; it was not sent
     */
    public synchronized void exchange(ByteBuffer request, MessageProcessor processor) throws IOException {
        ByteBuffer message = request;
        Outcome outcome;
        do {
            InetSocketAddress peer = tryAll(message);
            next.clear().order(ByteOrder.BIG_ENDIAN).limit(maxRequest());
            outcome = processor.process(reply.flip().order(ByteOrder.BIG_ENDIAN), next, peer);
            message = next.flip();
        } while (outcome == Outcome.REPLY);
    }

    /** Ends an exchange in progress with a {@link ClosedChannelException}. Later exchanges fail with it too. */
    @Override
    public void close() {
        sockets.close();
    }

    /** Returns how many bytes a request can have. */
    int maxRequest() {
        return servers.maxPayload();
    }

    /** Sends the request, and sends it again if no reply comes. Returns the server, with its reply in the buffer. */
    private InetSocketAddress tryAll(ByteBuffer request) throws IOException {
        servers.begin(request);
        Object event = FlightEvents.beginExchange();
        long start = sockets.nanoTime();
        boolean replied = false;
        int number = 1;
        try {
            while (!(replied = tryOnce(request, policy.waitAfter(number)))) {
                if (number == policy.tries()) {
                    throw servers.failure(number, Duration.ofNanos(sockets.nanoTime() - start));
                }
                number++;
                listener.onRetry(servers.isRefused(), number, policy.waitAfter(number));
                servers.leaveSilent();
                FlightEvents.recordRetransmission(servers.current(), number);
            }
            servers.recordReply();
            return servers.current();
        } finally {
            FlightEvents.recordExchange(event, servers.current(), replied, number);
            sockets.release();
        }
    }

    /** Sends the request to the current address, or to the next that does not refuse. Returns whether the reply came. */
    private boolean tryOnce(ByteBuffer request, Duration wait) throws IOException {
        long deadline = sockets.nanoTime() + wait.toNanos();
        boolean isSent = false;
        for (int left = servers.size(); left > 0 && (!isSent || deadline - sockets.nanoTime() > 0); left--) {
            try {
                RoundTrip trip = sockets.socketTo(servers.current(), !request.hasRemaining());
                servers.recordUsable();
                trip.send(request);
                if (!isSent) { // The wait begins now. A refusal and a send to the next address do not extend it.
                    isSent = true;
                    deadline = sockets.nanoTime() + wait.toNanos();
                }
                if (trip.await(reply, deadline)) {
                    return true;
                }
                servers.recordSilence();
                return false;
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                servers.recordFailure(e, left > 1);
            }
        }
        if (!servers.isAnyUsable()) {
            throw servers.unusable(); // This is no report of the network: this host cannot even try.
        }
        servers.moveToUsable();
        return awaitDespiteRefusals(request, deadline);
    }

    /** Waits on: every address has refused, but the server may just be starting. */
    private boolean awaitDespiteRefusals(ByteBuffer request, long deadline) throws IOException {
        while (true) {
            try {
                return sockets.socketTo(servers.current(), !request.hasRemaining())
                        .await(reply, deadline);
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                servers.recordFailure(e, false);
                if (!sockets.isOpen()) { // This is no report of the network: the socket cannot be opened again.
                    throw servers.unusable();
                }
                sockets.pause();
            }
        }
    }
}
