package udp.client;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import udp.api.spi.TransportProvider;
import udp.internal.net.NanoClock;

/**
 * Makes clients with the clock of their network, for a simulation. It stands in the package of the client, whose parts are
 * nobody else's to put together.
 */
public final class ClientOnClock {
    private ClientOnClock() {}

    /** Makes a client of a server with these addresses. */
    public static Client of(
            List<InetSocketAddress> servers, TransportProvider provider, RetryPolicy policy, NanoClock clock) {
        try {
            return new Client(
                    new ServerAddresses("server", () -> servers),
                    new ClientSockets(provider, 0, clock),
                    policy,
                    RetryListener.NONE);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the addresses are known", e);
        }
    }
}
