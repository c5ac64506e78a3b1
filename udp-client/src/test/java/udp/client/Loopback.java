package udp.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import udp.api.spi.TransportProvider;
import udp.internal.net.Addresses;

/** Addresses, policies and clients for tests over the loopback interface. */
public final class Loopback {
    public static final InetAddress IPV4 = Addresses.loopback(StandardProtocolFamily.INET);
    public static final InetAddress IPV6 = Addresses.loopback(StandardProtocolFamily.INET6);

    /** The name of the server in messages. */
    static final String NAME = "server:7";

    /** Waits long enough for a reply that is certain to come. */
    static final RetryPolicy PATIENT = new RetryPolicy(Duration.ofSeconds(8), 1);

    /** Ends soon: it waits 10, 20 and 40 ms. */
    static final RetryPolicy HASTY = new RetryPolicy(Duration.ofMillis(10), 3);

    /** The sum of the waits of {@link #HASTY}. */
    static final Duration HASTY_WAITS = Duration.ofMillis(70);

    /** Begins its second try soon and has eight retries: its last wait is 5 seconds. */
    static final RetryPolicy PERSISTENT = new RetryPolicy(Duration.ofMillis(20), 9);

    /** Waits longer than any test, so that a test that passes has not waited. */
    static final RetryPolicy AN_HOUR = new RetryPolicy(Duration.ofHours(1), 1);

    private Loopback() {}

    static Stream<Named<TransportProvider>> transports() {
        return Stream.of(
                Named.of("socket", new SocketClientProvider()), Named.of("channel", new ChannelClientProvider()));
    }

    static DatagramSocket socket(InetAddress local) throws IOException {
        return new DatagramSocket(new InetSocketAddress(local, 0));
    }

    static Client client(TransportProvider provider, RetryPolicy policy, InetSocketAddress... servers) {
        return client(provider, policy, RetryListener.NONE, servers);
    }

    static Client client(
            TransportProvider provider, RetryPolicy policy, RetryListener listener, InetSocketAddress... servers) {
        ServerAddresses addresses = new ServerAddresses(NAME, List.of(servers));
        return new Client(addresses, new ClientSockets(provider, 0), policy, listener);
    }

    public static void assumeIpv6() {
        try (DatagramSocket socket = socket(IPV6)) {
            assumeTrue(socket.isBound());
        } catch (IOException e) {
            assumeTrue(false, "no IPv6 here: " + e);
        }
    }
}
