package udp.client;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import udp.api.spi.TransportProvider;
import udp.internal.net.NanoClock;

/** Clients for tests, with their transports and policies. */
final class TestClients {
    /** The name of the server in messages. */
    static final String NAME = "server:7";

    /** Waits long enough for a reply that is certain to come. */
    static final RetryPolicy PATIENT = new RetryPolicy(Duration.ofSeconds(8), 1);

    /** Ends soon: it waits 20, 40 and 80 ms. */
    static final RetryPolicy HASTY = new RetryPolicy(Duration.ofMillis(20), 3);

    /** Begins its second try soon and has eight retries: its last wait is 5 seconds. */
    static final RetryPolicy PERSISTENT = new RetryPolicy(Duration.ofMillis(20), 9);

    /** Waits longer than any test, so that a test that passes has not waited. */
    static final RetryPolicy AN_HOUR = new RetryPolicy(Duration.ofHours(1), 1);

    private TestClients() {}

    static Stream<Named<TransportProvider>> transports() {
        return Stream.of(
                Named.of("socket", new SocketClientProvider()), Named.of("channel", new ChannelClientProvider()));
    }

    static Client client(TransportProvider provider, RetryPolicy policy, InetSocketAddress... servers) {
        return client(provider, policy, RetryListener.NONE, servers);
    }

    static Client client(
            TransportProvider provider, RetryPolicy policy, RetryListener listener, InetSocketAddress... servers) {
        return client(provider, policy, listener, () -> List.of(servers));
    }

    static Client client(
            TransportProvider provider, RetryPolicy policy, RetryListener listener, ServerAddresses.Resolver resolver) {
        return client(new ClientSockets(provider, 0), policy, listener, resolver);
    }

    /** Makes a client for a provider without sockets: whenever the client looks at the time, a millisecond passes. */
    static Client clientInNoTime(TransportProvider provider, RetryPolicy policy, InetSocketAddress... servers) {
        NanoClock clock = new NanoClock() {
            private long now;

            @Override
            public long nanoTime() {
                return now += 1_000_000;
            }
        };
        ClientSockets sockets = new ClientSockets(provider, 0, clock);
        return client(sockets, policy, RetryListener.NONE, () -> List.of(servers));
    }

    private static Client client(
            ClientSockets sockets, RetryPolicy policy, RetryListener listener, ServerAddresses.Resolver resolver) {
        try {
            return new Client(new ServerAddresses(NAME, resolver), sockets, policy, listener);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
