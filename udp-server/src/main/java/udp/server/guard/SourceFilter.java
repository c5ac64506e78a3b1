package udp.server.guard;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses sources that no honest request comes from. A source address is easily forged. A reply to one of these addresses
 * would reach many hosts, none, this server itself, or a service that replies to everything and so never stops (CERT
 * CA-1996-01). One thread.
 */
final class SourceFilter {
    /** Ports of echo, daytime, quotd, chargen and time, which reply to everything; and 0, which is no port (RFC 768). */
    private static final long SERVICES = 1L | 1L << 7 | 1L << 13 | 1L << 17 | 1L << 19 | 1L << 37;

    private final Set<InetSocketAddress> own;
    private final Set<InetAddress> hosts;
    private final Set<InetAddress> broadcasts;
    private InetSocketAddress latest; // The JDK returns the same object as long as the sender stays the same.
    private boolean latestIsRefused;

    /**
     * Makes a filter for a server that is bound to these addresses. It reads the addresses of the host now: asking the
     * system for each source takes 50 milliseconds if there are thousands.
     */
    SourceFilter(Set<InetSocketAddress> own) {
        this(own, interfaceAddresses());
    }

    private SourceFilter(Set<InetSocketAddress> own, List<InterfaceAddress> all) {
        this(
                own,
                all.stream().map(InterfaceAddress::getAddress).collect(Collectors.toUnmodifiableSet()),
                all.stream()
                        .map(InterfaceAddress::getBroadcast)
                        .filter(address -> address != null && !address.isAnyLocalAddress())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    SourceFilter(Set<InetSocketAddress> own, Set<InetAddress> hosts, Set<InetAddress> broadcasts) {
        this.own = own;
        this.hosts = hosts;
        this.broadcasts = broadcasts;
    }

    /** Returns a filter for another thread. */
    SourceFilter another() {
        return new SourceFilter(own, hosts, broadcasts);
    }

    /** Returns whether requests from a source must not be served. */
    boolean refuses(InetSocketAddress source) {
        if (source != latest) {
            latestIsRefused = isService(source.getPort())
                    || isNoHost(source.getAddress())
                    || isOwn(source)
                    || broadcasts.contains(source.getAddress());
            latest = source;
        }
        return latestIsRefused;
    }

    private static boolean isService(int port) {
        return port < Long.SIZE && (SERVICES >> port & 1) != 0;
    }

    /** Returns whether it is multicast, the unspecified address, or in IPv4's 0.0.0.0/8 and 240.0.0.0/4 (RFC 6890). */
    private static boolean isNoHost(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        return address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || bytes.length == 4 && (first == 0 || first >= 240);
    }

    private boolean isOwn(InetSocketAddress source) {
        for (InetSocketAddress self : own) {
            if (reaches(source, self)) {
                return true;
            }
        }
        return false;
    }

    private boolean reaches(InetSocketAddress source, InetSocketAddress self) {
        InetAddress address = source.getAddress();
        return source.getPort() == self.getPort()
                && (self.getAddress().isAnyLocalAddress()
                        ? address.isLoopbackAddress() || hosts.contains(address)
                        : address.equals(self.getAddress()));
    }

    private static List<InterfaceAddress> interfaceAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(networkInterface -> networkInterface.getInterfaceAddresses().stream())
                    .toList();
        } catch (SocketException e) { // It has no interface that is up.
            return List.of();
        }
    }
}
