package udp.internal.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Knows what follows from the family of an address, IPv4 or IPv6. All addresses are resolved. */
public final class Addresses {
    /** The largest payload of a datagram, in bytes: 65,535 less the 8 of UDP's header. IPv4 needs 20 more for its own. */
    public static final int MAX_PAYLOAD = 65_527;

    private static final int IPV4_HEADER = 20;

    private Addresses() {}

    /** Returns the family of an address. */
    public static StandardProtocolFamily family(InetSocketAddress address) {
        return family(address.getAddress());
    }

    /** Returns how many bytes a datagram to or from an address can carry: 65,507 over IPv4, 65,527 over IPv6. */
    public static int maxPayload(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address ? MAX_PAYLOAD : MAX_PAYLOAD - IPV4_HEADER;
    }

    /** Returns the wildcard of a family, {@code 0.0.0.0} or {@code ::}, with a port. */
    public static InetSocketAddress wildcard(StandardProtocolFamily family, int port) {
        return new InetSocketAddress(address(family, 0, 0), port);
    }

    /** Returns {@code 127.0.0.1} or {@code ::1}. */
    public static InetAddress loopback(StandardProtocolFamily family) {
        return family == StandardProtocolFamily.INET6 ? address(family, 0, 1) : address(family, 127, 1);
    }

    /** Returns the addresses of this host in a family; none if no interface is up. */
    public static List<InetAddress> ofThisHost(StandardProtocolFamily family) {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> family(address) == family)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /** Returns an address that can be sent to: the loopback address in place of the wildcard, else the same. */
    public static InetAddress reachable(InetAddress address) {
        return address.isAnyLocalAddress() ? loopback(family(address)) : address;
    }

    /** Returns where a server can be reached that has these addresses, in their order and without doubles. */
    public static List<InetSocketAddress> servers(InetAddress[] addresses, int port) {
        Set<InetSocketAddress> servers = new LinkedHashSet<>();
        for (InetAddress address : addresses) {
            servers.add(new InetSocketAddress(reachable(address), port));
        }
        return List.copyOf(servers);
    }

    /** Returns the family of an address. */
    public static StandardProtocolFamily family(InetAddress address) {
        return address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    private static InetAddress address(StandardProtocolFamily family, int first, int last) {
        byte[] address = new byte[family == StandardProtocolFamily.INET6 ? 16 : 4];
        address[0] = (byte) first;
        address[address.length - 1] = (byte) last;
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are an address", e);
        }
    }
}
