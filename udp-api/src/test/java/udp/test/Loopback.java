package udp.test;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import udp.contract.Ip;
import udp.internal.net.Addresses;

/** The loopback addresses, and sockets on them. */
public final class Loopback {
    public static final InetAddress IPV4 = Addresses.loopback(StandardProtocolFamily.INET);
    public static final InetAddress IPV6 = Addresses.loopback(StandardProtocolFamily.INET6);

    private Loopback() {}

    /** Binds a socket to a port that the system chooses. */
    public static DatagramSocket socket(InetAddress local) throws IOException {
        return new DatagramSocket(new InetSocketAddress(local, 0));
    }

    /** Returns the address of a host that a test is about to bind to; skips the test if it is IPv6 and there is none. */
    public static InetAddress assumed(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        if (address instanceof Inet6Address) {
            assumeIpv6();
        }
        return address;
    }

    /** Skips the test if this computer has no IPv6. */
    public static void assumeIpv6() {
        Ip.IPv6.assumeHere();
    }
}
