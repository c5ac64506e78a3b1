package udp.contract;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/** The two versions of IP that transports are tested with. */
public enum Ip {
    IPv4(127, 0, 0, 1),
    IPv6(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private final InetAddress address;

    Ip(int... bytes) {
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = (byte) bytes[i];
        }
        try {
            this.address = InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are an address", e);
        }
    }

    InetAddress loopback() {
        return address;
    }

    Ip other() {
        return this == IPv4 ? IPv6 : IPv4;
    }

    /** Skips the test if this computer does not have this version of IP. */
    public void assumeHere() {
        NotApplicable.unless(isHere(), "This computer has no " + this + ".");
    }

    boolean isHere() {
        try {
            return NetworkInterface.getByInetAddress(loopback()) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}
