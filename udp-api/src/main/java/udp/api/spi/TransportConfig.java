package udp.api.spi;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * What a transport is opened with.
 *
 * @param local the address and port to bind to; port 0 lets the system choose one
 * @param remote the peer to connect to, or null for a transport that talks to anyone
 * @param shared whether several transports, all opened with this, are to have the same local address and port
 *     ({@code SO_REUSEPORT}); the system then spreads the senders over them
 */
public record TransportConfig(InetSocketAddress local, InetSocketAddress remote, boolean shared) {
    /** What the largest datagram carries, in bytes: 65,535 less UDP's header of 8; IPv4's own of 20 counts too. */
    public static final int LARGEST_PAYLOAD = 65_527;

    /**
     * Checks the addresses.
     *
     * @param local the address and port to bind to
     * @param remote the peer or null
     * @param shared whether it shares its port
     * @throws IllegalArgumentException if one is unresolved, the remote port is 0 or the families differ
     */
    public TransportConfig {
        requireResolved(local);
        if (remote != null) {
            requireResolved(remote);
            if (remote.getPort() == 0) {
                throw new IllegalArgumentException("port 0 is reserved, nothing can be sent there (RFC 6335)");
            }
            if (family(local) != family(remote)) {
                throw new IllegalArgumentException("IPv4 and IPv6 do not mix: " + local + ", " + remote);
            }
        }
    }

    /**
     * A transport that has its port alone.
     *
     * @param local the address and port to bind to
     * @param remote the peer or null
     * @throws IllegalArgumentException if one is unresolved, the remote port is 0 or the families differ
     */
    public TransportConfig(InetSocketAddress local, InetSocketAddress remote) {
        this(local, remote, false);
    }

    /**
     * A transport that talks to anyone.
     *
     * @param local the address and port to bind to; port 0 lets the system choose one
     * @return the configuration
     */
    public static TransportConfig bind(InetSocketAddress local) {
        return new TransportConfig(local, null);
    }

    /**
     * A transport that talks to one peer, from a port that the system chooses.
     *
     * @param remote the peer
     * @return the configuration
     */
    public static TransportConfig connect(InetSocketAddress remote) {
        return new TransportConfig(wildcard(family(remote), 0), remote);
    }

    /**
     * The family of the local address. A socket of one family is cheaper than one that speaks both, and binding it to
     * {@code 0.0.0.0} does not take the port in IPv6.
     *
     * @return IPv4 or IPv6
     */
    public StandardProtocolFamily family() {
        return family(local);
    }

    /**
     * The family of an address.
     *
     * @param address a resolved address
     * @return IPv4 or IPv6
     */
    public static StandardProtocolFamily family(InetSocketAddress address) {
        return family(address.getAddress());
    }

    /**
     * How much a datagram to or from an address can carry.
     *
     * @param address a resolved address
     * @return 65,507 bytes over IPv4 and 65,527 over IPv6
     */
    public static int largestPayload(InetSocketAddress address) {
        return family(address) == StandardProtocolFamily.INET6 ? LARGEST_PAYLOAD : LARGEST_PAYLOAD - 20;
    }

    /**
     * Any address of the host.
     *
     * @param family IPv4 or IPv6
     * @param port 0 to 65535
     * @return {@code 0.0.0.0} or {@code ::}, with the port
     */
    public static InetSocketAddress wildcard(StandardProtocolFamily family, int port) {
        return new InetSocketAddress(address(family, 0, 0), port);
    }

    /**
     * This host, reached without a network.
     *
     * @param family IPv4 or IPv6
     * @return {@code 127.0.0.1} or {@code ::1}
     */
    public static InetAddress loopback(StandardProtocolFamily family) {
        return family == StandardProtocolFamily.INET6 ? address(family, 0, 1) : address(family, 127, 1);
    }

    /**
     * An address to send to: the wildcard is where a server binds, and a client that names it means this host.
     *
     * @param address any address
     * @return the same, or the loopback address of its family for the wildcard
     */
    public static InetAddress reachable(InetAddress address) {
        return address.isAnyLocalAddress() ? loopback(family(address)) : address;
    }

    private static StandardProtocolFamily family(InetAddress address) {
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

    private static void requireResolved(InetSocketAddress address) {
        if (Objects.requireNonNull(address).isUnresolved()) {
            throw new IllegalArgumentException("unresolved address " + address.getHostString());
        }
    }
}
