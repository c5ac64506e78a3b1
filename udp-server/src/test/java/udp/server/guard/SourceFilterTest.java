package udp.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFilterTest {
    private static final InetSocketAddress SELF = new InetSocketAddress("127.0.0.1", 50007);

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 13, 17, 19, 37})
    void aServiceThatRepliesToEverythingIsRefused(int port) {
        assertTrue(new SourceFilter(Set.of(SELF)).refuses(new InetSocketAddress("127.0.0.2", port)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 8, 53, 63, 64, 71, 77, 101, 1024, 50007, 65535})
    void anyOtherPortIsServed(int port) {
        assertFalse(new SourceFilter(Set.of(SELF)).refuses(new InetSocketAddress("127.0.0.2", port)));
    }

    @ParameterizedTest
    @CsvSource({
        "224.0.0.1, true", "239.255.255.255, true", "255.255.255.255, true", "240.0.0.1, true",
        "0.0.0.0, true", "0.1.2.3, true", "ff02::1, true", "::, true",
        "1.2.3.4, false", "223.255.255.255, false", "fe80::1, false", "2001:db8::1, false"
    })
    void anAddressOfNoHostIsRefused(String address, boolean refused) {
        assertEquals(refused, new SourceFilter(Set.of(SELF)).refuses(new InetSocketAddress(address, 4000)));
    }

    @Test
    void aBroadcastAddressOfAnInterfaceIsRefused() throws UnknownHostException {
        SourceFilter filter = new SourceFilter(Set.of(SELF), Set.of(), Set.of(InetAddress.getByName("192.0.2.255")));
        assertTrue(filter.refuses(new InetSocketAddress("192.0.2.255", 4000)));
        assertFalse(filter.refuses(new InetSocketAddress("192.0.2.254", 4000)));
    }

    @Test
    void theServerItselfIsRefused() {
        assertTrue(new SourceFilter(Set.of(SELF)).refuses(SELF));
        SourceFilter everywhere = new SourceFilter(Set.of(new InetSocketAddress("0.0.0.0", 50007)));
        assertTrue(everywhere.refuses(SELF));
        assertFalse(everywhere.refuses(new InetSocketAddress("127.0.0.1", 50008)));
        assertFalse(everywhere.refuses(new InetSocketAddress("203.0.113.7", 50007)));
    }

    @Test
    void onTheWildcardTheServerItselfIsRefusedAtEachAddressOfTheHost() throws UnknownHostException {
        Set<InetAddress> host = Set.of(InetAddress.getByName("192.0.2.1"));
        SourceFilter everywhere = new SourceFilter(Set.of(new InetSocketAddress("0.0.0.0", 50007)), host, Set.of());
        for (SourceFilter filter : List.of(everywhere, everywhere.another())) {
            assertTrue(filter.refuses(new InetSocketAddress("192.0.2.1", 50007)));
            assertTrue(filter.refuses(new InetSocketAddress("127.0.1.1", 50007)));
            assertFalse(filter.refuses(new InetSocketAddress("192.0.2.1", 50008)));
            assertFalse(filter.refuses(new InetSocketAddress("192.0.2.2", 50007)));
        }
        SourceFilter here = new SourceFilter(Set.of(SELF), host, Set.of());
        assertFalse(here.refuses(new InetSocketAddress("192.0.2.1", 50007)));
    }

    @Test
    void theServerItselfIsRefusedAtEachOfItsAddresses() {
        InetSocketAddress other = new InetSocketAddress("127.0.0.2", 50008);
        SourceFilter filter = new SourceFilter(Set.of(SELF, other));
        assertTrue(filter.refuses(SELF));
        assertTrue(filter.refuses(other));
        assertFalse(filter.refuses(new InetSocketAddress("127.0.0.2", 50007)));
    }

    @Test
    void theVerdictOnASourceIsNotThatOnTheNext() {
        SourceFilter filter = new SourceFilter(Set.of(SELF));
        InetSocketAddress bad = new InetSocketAddress("127.0.0.2", 7);
        InetSocketAddress good = new InetSocketAddress("127.0.0.2", 4000);
        for (int i = 0; i < 3; i++) {
            assertTrue(filter.refuses(bad));
            assertTrue(filter.refuses(bad));
            assertFalse(filter.refuses(good));
        }
    }
}
