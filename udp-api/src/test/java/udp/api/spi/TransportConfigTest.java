package udp.api.spi;

import static java.net.StandardProtocolFamily.INET;
import static java.net.StandardProtocolFamily.INET6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportConfigTest {
    private static final InetSocketAddress IPV4 = new InetSocketAddress("127.0.0.1", 7);
    private static final InetSocketAddress IPV6 = new InetSocketAddress("::1", 7);
    private static final InetSocketAddress UNRESOLVED = InetSocketAddress.createUnresolved("a.example", 7);

    @Test
    void bindingNeedsNoPeer() {
        TransportConfig config = TransportConfig.bind(IPV4);
        assertEquals(IPV4, config.local());
        assertNull(config.remote());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 0.0.0.0", "::1, ::"})
    void connectingBindsToAnyAddressOfTheSameFamily(String peer, String any) {
        InetSocketAddress remote = new InetSocketAddress(peer, 7);
        TransportConfig config = TransportConfig.connect(remote);
        assertEquals(remote, config.remote());
        assertEquals(new InetSocketAddress(any, 0), config.local());
    }

    @Test
    void anUnresolvedLocalAddressIsRefused() {
        assertRefused("unresolved address a.example", () -> TransportConfig.bind(UNRESOLVED));
    }

    @Test
    void anUnresolvedPeerIsRefused() {
        assertRefused("unresolved address a.example", () -> TransportConfig.connect(UNRESOLVED));
        assertRefused("unresolved address a.example", () -> new TransportConfig(IPV4, UNRESOLVED));
    }

    @Test
    void aPeerWithPortZeroIsRefused() {
        assertRefused(
                "port 0 is reserved, nothing can be sent there (RFC 6335)",
                () -> TransportConfig.connect(new InetSocketAddress("127.0.0.1", 0)));
    }

    @Test
    void twoFamiliesDoNotMix() {
        String start = "IPv4 and IPv6 do not mix: ";
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new TransportConfig(IPV4, IPV6))
                .getMessage()
                .startsWith(start));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new TransportConfig(IPV6, IPV4))
                .getMessage()
                .startsWith(start));
    }

    @Test
    void oneFamilyIsAllowedOnBothSides() {
        assertEquals(INET, new TransportConfig(IPV4, IPV4).family());
        assertEquals(INET6, new TransportConfig(IPV6, IPV6).family());
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
