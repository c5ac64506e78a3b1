package udp.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Any address and port is refused or served as the documentation says. */
class SourceFilterPropertyTest {
    private static final Set<Integer> PORTS = Set.of(0, 7, 13, 17, 19, 37);

    private final InetAddress broadcast = address(new byte[] {10, 0, 0, (byte) 255});

    @Property
    void anySourceIsJudgedAsTheDocumentationSays(@ForAll("addresses") byte[] from, @ForAll("ports") int port) {
        InetAddress self = address(new byte[] {127, 0, 0, 1});
        InetAddress source = address(from);
        int first = from[0] & 0xff;
        boolean refused = PORTS.contains(port)
                || source.isMulticastAddress()
                || source.isAnyLocalAddress()
                || from.length == 4 && (first == 0 || first >= 240)
                || source.equals(broadcast)
                || source.equals(self) && port == 50_007;
        SourceFilter filter =
                new SourceFilter(Set.of(new InetSocketAddress(self, 50_007)), Set.of(), Set.of(broadcast));
        InetSocketAddress address = new InetSocketAddress(source, port);
        assertEquals(refused, filter.refuses(address), address::toString);
        assertEquals(refused, filter.refuses(address), address::toString);
    }

    /** On the wildcard, the filter asks the system which addresses are its own. The broadcast addresses are those of this host. */
    @Property
    void anySourceIsJudgedByAServerOnTheWildcard(
            @ForAll("addresses") byte[] self, @ForAll("addresses") byte[] from, @ForAll("ports") int port) {
        InetAddress any = address(new byte[self.length]);
        InetSocketAddress source = new InetSocketAddress(address(from), port);
        boolean refused = new SourceFilter(Set.of(new InetSocketAddress(any, 50_007))).refuses(source);
        if (PORTS.contains(port) || port == 50_007 && source.getAddress().isLoopbackAddress()) {
            assertTrue(refused, source::toString);
        }
    }

    @Provide
    Arbitrary<byte[]> addresses() {
        Arbitrary<Byte> octets = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.of((byte) 0, (byte) 127, (byte) 224, (byte) 240, (byte) 255)),
                Tuple.of(2, Arbitraries.bytes()));
        return Arbitraries.oneOf(
                        octets.array(byte[].class).ofSize(4),
                        octets.array(byte[].class).ofSize(16),
                        Arbitraries.of(new byte[] {127, 0, 0, 1}, new byte[] {10, 0, 0, (byte) 255}, new byte[16]))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Integer> ports() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 65_535),
                Arbitraries.integers().between(0, 64),
                Arbitraries.just(50_007));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
