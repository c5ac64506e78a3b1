package udp.server.guard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tests of the server's addresses. {@link SourceFilterPropertyTest} has those of any source. */
class SourceFilterTest {
    private static final InetSocketAddress SELF = new InetSocketAddress("127.0.0.1", 50007);

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
}
