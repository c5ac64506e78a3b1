package udp.api.spi;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Objects;

/**
 * The addresses with which a transport is opened.
 *
 * @param local the address and port to bind to; port 0 lets the system choose one
 * @param remote the peer to connect to, or null for a transport that talks to anyone
 * @param shared whether several transports, all opened with this, are to have the same local address and port
 *     ({@code SO_REUSEPORT}); the system then spreads the senders over them
 */
public record TransportConfig(InetSocketAddress local, InetSocketAddress remote, boolean shared) {
    /**
     * Checks the addresses.
     *
     * @throws IllegalArgumentException if one is unresolved, the remote port is 0 or the families differ
     */
    @SuppressWarnings("doclint:missing") // the parameters are those of the record
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
     * Describes a transport that has its port to itself.
     *
     * @param local the address and port to bind to; port 0 lets the system choose one
     * @param remote the peer to connect to, or null
     * @throws IllegalArgumentException if one is unresolved, the remote port is 0 or the families differ
     */
    public TransportConfig(InetSocketAddress local, InetSocketAddress remote) {
        this(local, remote, false);
    }

    /**
     * Returns the configuration of a transport that talks to anyone.
     *
     * @param local the address and port to bind to; port 0 lets the system choose one
     * @return a configuration without a remote address
     * @throws IllegalArgumentException if the address is unresolved
     */
    public static TransportConfig bind(InetSocketAddress local) {
        return new TransportConfig(local, null);
    }

    /**
     * Returns the configuration of a transport that talks to one peer, from a port that the system chooses.
     *
     * @param remote the peer
     * @return a configuration whose local address is the wildcard of the peer's family, with port 0
     * @throws IllegalArgumentException if the address is unresolved or its port is 0
     */
    public static TransportConfig connect(InetSocketAddress remote) {
        return new TransportConfig(new InetSocketAddress(isIpv6(remote) ? "::" : "0.0.0.0", 0), remote);
    }

    /**
     * Returns the family of the addresses. A socket of one family costs less than one that speaks both, and binding it to
     * {@code 0.0.0.0} does not take the port in IPv6.
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
