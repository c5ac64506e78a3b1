package udp.api.spi;

import static java.net.StandardProtocolFamily.INET;
import static java.net.StandardProtocolFamily.INET6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportConfigTest {
    private static final InetSocketAddress IPV4 = new InetSocketAddress("127.0.0.1", 7);
    private static final InetSocketAddress IPV6 = new InetSocketAddress("::1", 7);
    private static final InetSocketAddress UNRESOLVED = InetSocketAddress.createUnresolved("a.example", 7);

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 0.0.0.0", "::1, ::"})
    void connectingBindsToAnyAddressOfTheSameFamily(String peer, String any) {
        InetSocketAddress remote = new InetSocketAddress(peer, 7);
        TransportConfig config = TransportConfig.connect(remote);
        assertEquals(remote, config.remote());
        assertEquals(new InetSocketAddress(any, 0), config.local());
    }

    @Test
    void anUnresolvedAddressAndAPeerWithPortZeroAreRefused() {
        assertRefused("unresolved address a.example", () -> TransportConfig.bind(UNRESOLVED));
        assertRefused("unresolved address a.example", () -> TransportConfig.connect(UNRESOLVED));
        assertRefused("unresolved address a.example", () -> new TransportConfig(IPV4, UNRESOLVED));
        assertRefused(
                "port 0 is reserved, nothing can be sent there (RFC 6335)",
                () -> TransportConfig.connect(new InetSocketAddress("127.0.0.1", 0)));
    }

    @Test
    void twoFamiliesDoNotMix() {
        for (List<InetSocketAddress> mixed : List.of(List.of(IPV4, IPV6), List.of(IPV6, IPV4))) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> new TransportConfig(mixed.get(0), mixed.get(1)))
                    .getMessage();
            assertTrue(message.startsWith("IPv4 and IPv6 do not mix: "), message);
        }
        assertEquals(INET, new TransportConfig(IPV4, IPV4).family());
        assertEquals(INET6, new TransportConfig(IPV6, IPV6).family());
        assertNull(TransportConfig.bind(IPV4).remote());
    }

    @Test
    void anAddressToBindToIsNeeded() {
        assertThrows(NullPointerException.class, () -> TransportConfig.bind(null));
        assertThrows(NullPointerException.class, () -> new TransportConfig(null, IPV4));
        assertThrows(NullPointerException.class, () -> TransportConfig.connect(null));
    }

    private static void assertRefused(String message, Runnable config) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, config::run).getMessage());
    }
}
