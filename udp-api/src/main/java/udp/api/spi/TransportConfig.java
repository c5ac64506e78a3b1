package udp.api.spi;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Objects;

/**
 * The addresses of a transport. The constructors throw an {@link IllegalArgumentException} if an address is unresolved,
 * if the remote port is 0, or if the families differ.
 *
 * @param local the address and port to bind to; with port 0, the system chooses a port
 * @param remote the peer to connect to, or null for a transport that talks to anyone
 * @param shared whether transports may share the local address and port ({@code SO_REUSEPORT}), if all of them are
 *     opened with this configuration; the system then spreads the senders over them
 */
public record TransportConfig(InetSocketAddress local, InetSocketAddress remote, boolean shared) {
    /** Checks the addresses. */
    public TransportConfig {
        requireResolved(local);
        if (remote != null) {
            requireResolved(remote);
            if (remote.getPort() == 0) {
                throw new IllegalArgumentException("port 0 is reserved, nothing can be sent there (RFC 6335)");
            }
            if (isIpv6(local) != isIpv6(remote)) {
                throw new IllegalArgumentException("IPv4 and IPv6 do not mix: " + local + ", " + remote);
            }
        }
    }

    /**
     * Makes the configuration of a transport that does not share its port.
     *
     * @param local the address and port to bind to; with port 0, the system chooses a port
     * @param remote the peer to connect to, or null
     */
    public TransportConfig(InetSocketAddress local, InetSocketAddress remote) {
        this(local, remote, false);
    }

    /**
     * Returns the configuration of a transport that talks to anyone.
     *
     * @param local the address and port to bind to; with port 0, the system chooses a port
     * @return a configuration without a remote address
     */
    public static TransportConfig bind(InetSocketAddress local) {
        return new TransportConfig(local, null);
    }

    /**
     * Returns the configuration of a transport that talks to one peer, from a port that the system chooses.
     *
     * @param remote the peer
     * @return a configuration whose local address is the wildcard of the peer's family, with port 0
     */
    public static TransportConfig connect(InetSocketAddress remote) {
        return new TransportConfig(new InetSocketAddress(isIpv6(remote) ? "::" : "0.0.0.0", 0), remote);
    }

    /**
     * Returns the family of the addresses. A socket of one family costs less than a socket that speaks both. Bound to
     * {@code 0.0.0.0}, it leaves the port in IPv6 free.
     *
     * @return IPv4 or IPv6
     */
    public StandardProtocolFamily family() {
        return isIpv6(local) ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    private static boolean isIpv6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    private static void requireResolved(InetSocketAddress address) {
        if (Objects.requireNonNull(address).isUnresolved()) {
            throw new IllegalArgumentException("unresolved address " + address.getHostString());
        }
    }
}
