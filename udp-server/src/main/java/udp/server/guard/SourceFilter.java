package udp.server.guard;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells from where a datagram cannot have been sent in good faith. A source address is easily forged, and an answer to
 * one of these would reach a crowd, nobody, this server itself or a service that answers everything, and so go on for
 * ever (CERT CA-1996-01). One thread.
 */
public final class SourceFilter {
    /** echo, daytime, quotd, chargen, time: they answer whatever they get; and 0, which is no port (RFC 768). */
    private static final long SERVICES = 1L | 1L << 7 | 1L << 13 | 1L << 17 | 1L << 19 | 1L << 37;

    private final Set<InetSocketAddress> own;
    private final Set<InetAddress> broadcasts;
    private InetSocketAddress latest; // the JDK gives the same object for as long as the sender stays the same
    private boolean latestIsRefused;

    /** For a server that is bound to these addresses. */
    public SourceFilter(Set<InetSocketAddress> own) {
        this(own, broadcastAddresses());
    }

    public SourceFilter(Set<InetSocketAddress> own, Set<InetAddress> broadcasts) {
        this.own = own;
        this.broadcasts = broadcasts;
    }

    public boolean refuses(InetSocketAddress source) {
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

    /** Multicast, the unspecified address, and in IPv4 0.0.0.0/8 and 240.0.0.0/4 (RFC 6890). */
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

    private static boolean reaches(InetSocketAddress source, InetSocketAddress self) {
        if (source.getPort() != self.getPort()) {
            return false;
        }
        return self.getAddress().isAnyLocalAddress()
                ? isOfThisHost(source.getAddress())
                : source.getAddress().equals(self.getAddress());
    }

    private static boolean isOfThisHost(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private static Set<InetAddress> broadcastAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(networkInterface -> networkInterface.getInterfaceAddresses().stream())
                    .map(InterfaceAddress::getBroadcast)
                    .filter(address -> address != null && !address.isAnyLocalAddress())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            return Set.of(); // then the kernel refuses to send there, as SO_BROADCAST is off
        }
    }
}
