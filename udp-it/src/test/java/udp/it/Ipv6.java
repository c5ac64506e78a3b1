package udp.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** IPv6, which not every host has. */
public final class Ipv6 {
    private Ipv6() {}

    /** Aborts a test on a host without IPv6. */
    public static void assume() {
        assumeTrue(isThere(), "this host has no IPv6");
    }

    /** Aborts a test of an IPv6 address on a host without IPv6. */
    static void assumeFor(String address) {
        if (address.indexOf(':') >= 0) {
            assume();
        }
    }

    private static boolean isThere() {
        try {
            new DatagramSocket(new InetSocketAddress(InetAddress.getByName("::1"), 0)).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
