package udp.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 65507", "0.0.0.0, 65507", "::ffff:192.0.2.1, 65507", "::1, 65527", "::, 65527"})
    void theLargestPayloadDependsOnTheFamily(String host, int expected) {
        assertEquals(expected, Addresses.maxPayload(new InetSocketAddress(host, 7)));
    }

    @Test
    void aServerIsReachedAtEachAddressOnce() throws UnknownHostException {
        InetAddress[] found = {
            InetAddress.getByName("192.0.2.1"),
            InetAddress.getByName("::"),
            InetAddress.getByName("0.0.0.0"),
            InetAddress.getByName("127.0.0.1")
        };
        assertEquals(
                List.of(
                        new InetSocketAddress("192.0.2.1", 7),
                        new InetSocketAddress("::1", 7),
                        new InetSocketAddress("127.0.0.1", 7)),
                Addresses.servers(found, 7));
    }

    @ParameterizedTest
    @CsvSource({"INET, 0.0.0.0", "INET6, ::"})
    void theWildcardIsOfItsFamily(StandardProtocolFamily family, String expected) {
        InetSocketAddress wildcard = Addresses.wildcard(family, 4242);
        assertEquals(new InetSocketAddress(expected, 4242), wildcard);
        assertEquals(family, Addresses.family(wildcard));
    }
}
