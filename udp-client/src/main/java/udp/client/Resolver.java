package udp.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import udp.api.spi.TransportConfig;

/** Looks up the addresses of a server. */
final class Resolver {
    private Resolver() {}

    /** All addresses, in the resolver's order ({@code java.net.preferIPv6Addresses}). */
    static List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        return Stream.of(InetAddress.getAllByName(host))
                .map(TransportConfig::reachable)
                .distinct()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }
}
