package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.test.Loopback;

/** The look-up of a server. {@link ClientAddressesTest} tests the order of the addresses in an exchange. */
class ServerAddressesTest {
    private static final Duration LIMIT = Duration.ofSeconds(8);

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,       127.0.0.1",
        "192.0.2.1,       192.0.2.1",
        "2001:db8::1,     2001:db8:0:0:0:0:0:1",
        "::1,             0:0:0:0:0:0:0:1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "0.0.0.0,         127.0.0.1",
        "::,              0:0:0:0:0:0:0:1"
    })
    void anAddressIsItselfAndAWildcardIsLoopback(String host, String address) throws UnknownHostException {
        ServerAddresses servers = ServerAddresses.lookUp(host, 7, LIMIT);
        assertEquals(1, servers.size());
        assertEquals(address, servers.current().getAddress().getHostAddress());
        assertEquals(7, servers.current().getPort());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_535})
    void theFirstAndTheLastPortAreAllowed(int port) throws UnknownHostException {
        assertEquals(
                port, ServerAddresses.lookUp("127.0.0.1", port, LIMIT).current().getPort());
    }

    @Test
    void localhostHasTheLoopbackAddressAndNoAddressTwice() throws UnknownHostException {
        ServerAddresses servers = ServerAddresses.lookUp("localhost", 7, LIMIT);
        Set<InetSocketAddress> found = new HashSet<>();
        for (int i = 0; i < servers.size(); i++) {
            found.add(servers.current());
            servers.leaveSilent();
        }
        assertTrue(found.contains(new InetSocketAddress(Loopback.IPV4, 7)));
        assertEquals(servers.size(), found.size());
    }
}
