package udp.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Looks up the addresses of a server. */
final class Resolver {
    private Resolver() {}

    /** All addresses, in the resolver's order ({@code java.net.preferIPv6Addresses}). */
    static List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        return Stream.of(InetAddress.getAllByName(host))
                .map(Resolver::reachable)
                .distinct()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    /** 0.0.0.0 and :: are where a server binds to; a client that names them means this host. */
    private static InetAddress reachable(InetAddress address) {
        try {
            if (!address.isAnyLocalAddress()) {
                return address;
            }
            byte[] loopback = address.getAddress().length == 4 ? new byte[] {127, 0, 0, 1} : new byte[16];
            loopback[loopback.length - 1] = 1;
            return InetAddress.getByAddress(loopback);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are an address", e);
        }
    }
}
