package udp.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupTest {
    /** A file of the host may have the first name, but hardly the others: they must not go to a name server. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "no-such-name.localhost"})
    void localhostIsTheLoopbackAddressesOfThisHost(String name) throws UnknownHostException {
        List<InetAddress> expected = new ArrayList<>();
        for (StandardProtocolFamily family : List.of(StandardProtocolFamily.INET, StandardProtocolFamily.INET6)) {
            InetAddress loopback = Addresses.loopback(family);
            if (Addresses.ofThisHost(family).contains(loopback)) {
                expected.add(loopback);
            }
        }
        assertEquals(expected, Arrays.asList(Lookup.all(name, Lookup.LIMIT)));
    }
}
