package udp.it.kit;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import udp.internal.net.Addresses;

/** The two families that everything is tested with. */
enum Ip {
    IPv4(StandardProtocolFamily.INET),
    IPv6(StandardProtocolFamily.INET6);

    private final StandardProtocolFamily family;

    Ip(StandardProtocolFamily family) {
        this.family = family;
    }

    InetAddress loopback() {
        return Addresses.loopback(family);
    }

    Ip other() {
        return this == IPv4 ? IPv6 : IPv4;
    }

    boolean isHere() {
        try {
            return NetworkInterface.getByInetAddress(loopback()) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}
