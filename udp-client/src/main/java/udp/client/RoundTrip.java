package udp.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import udp.api.Transport;
import udp.internal.jfr.FlightEvents;
import udp.internal.net.NanoClock;

/**
 * One socket to one address of the server: sends a request, as often as it is told, and waits for its reply. Another request
 * has another socket. The protocol has no identifier, so the port tells a reply to this request from a reply to another.
 */
final class RoundTrip implements Closeable {
    private final Transport transport;
    private final InetSocketAddress server;
    private final NanoClock clock;

    RoundTrip(Transport transport, InetSocketAddress server, NanoClock clock) {
        this.transport = transport;
        this.server = server;
        this.clock = clock;
    }

    InetSocketAddress server() {
        return server;
    }

    /** Sends the request. The buffer's position stays. */
    void send(ByteBuffer request) throws IOException {
        try {
            transport.send(request.duplicate(), server);
        } catch (PortUnreachableException e) {
            // Linux reports the fate of an earlier datagram (SO_ERROR) and has not sent this one.
            transport.send(request.duplicate(), server);
        }
        FlightEvents.recordSent(server, request.remaining());
    }

    /** Waits for the reply until the deadline. Returns false if none came; datagrams of strangers do not count. */
    boolean await(ByteBuffer reply, long deadline) throws IOException {
        long left;
        while ((left = deadline - clock.nanoTime()) > 0) {
            InetSocketAddress peer = transport.receive(reply.clear(), Duration.ofNanos(left));
            if (server.equals(peer)) {
                FlightEvents.recordReceived(peer, reply.position());
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (IOException e) {
            // The socket is closed nevertheless, and the reply is here, or looked for elsewhere.
        }
    }
}
