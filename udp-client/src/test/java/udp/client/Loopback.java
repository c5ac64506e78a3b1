package udp.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import udp.api.spi.TransportProvider;

/** What the tests over loopback have in common. */
public final class Loopback {
    public static final InetAddress IPV4 = address(new byte[] {127, 0, 0, 1});
    public static final InetAddress IPV6 = address(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

    /** The server's name in messages. */
    static final String NAME = "server:7";

    /** Enough for a reply that is certain to come. */
    static final RetryPolicy PATIENT = new RetryPolicy(Duration.ofSeconds(8), 1);

    /** Ends quickly: 10, 20 and 40 ms. */
    static final RetryPolicy HASTY = new RetryPolicy(Duration.ofMillis(10), 3);

    /** All that {@link #HASTY} waits for. */
    static final Duration HASTY_WAITS = Duration.ofMillis(70);

    /** Goes on to the next try quickly, and yet for long: its last wait is 5 seconds. */
    static final RetryPolicy PERSISTENT = new RetryPolicy(Duration.ofMillis(20), 9);

    private Loopback() {}

    static Stream<Named<TransportProvider>> transports() {
        return Stream.of(
                Named.of("socket", new SocketClientProvider()), Named.of("channel", new ChannelClientProvider()));
    }

    public static DatagramSocket socket(InetAddress local) throws IOException {
        return new DatagramSocket(new InetSocketAddress(local, 0));
    }

    static Client client(TransportProvider provider, RetryPolicy retransmission, InetSocketAddress... servers) {
        return client(provider, retransmission, reason -> {}, servers);
    }

    static Client client(
            TransportProvider provider, RetryPolicy retransmission, Progress progress, InetSocketAddress... servers) {
        return new Client(NAME, List.of(servers), provider, 0, retransmission, progress);
    }

    public static void assumeIpv6() {
        try (DatagramSocket socket = socket(IPV6)) {
            assumeTrue(socket.isBound());
        } catch (IOException e) {
            assumeTrue(false, "no IPv6 here: " + e);
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
