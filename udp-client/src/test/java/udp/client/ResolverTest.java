package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.internal.trace.Trace;

class ResolverTest {
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
        List<InetSocketAddress> resolved = Resolver.resolve(host, 7, null, Trace.NONE);
        assertEquals(1, resolved.size());
        assertEquals(address, resolved.get(0).getAddress().getHostAddress());
        assertEquals(7, resolved.get(0).getPort());
    }

    @Test
    void localhostHasTheLoopbackAddress() throws UnknownHostException {
        assertTrue(
                Resolver.resolve("localhost", 7, null, Trace.NONE).contains(new InetSocketAddress(Loopback.IPV4, 7)));
    }

    @Test
    void noAddressComesTwice() throws UnknownHostException {
        List<InetSocketAddress> resolved = Resolver.resolve("localhost", 7, null, Trace.NONE);
        assertEquals(new HashSet<>(resolved).size(), resolved.size());
    }

    @Test
    void anUnknownHostIsRefused() {
        assertThrows(UnknownHostException.class, () -> Resolver.resolve("no-such-host.invalid", 7, null, Trace.NONE));
    }
}
