package udp.it.kit.support;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import udp.contract.KitAssertions;
import udp.contract.Subprocess;

/** A sender whose port is 0, which takes a raw socket: Java has none. */
public final class PortZero {
    /** Says why it was not tried. */
    public static final String UNTRIED = KitAssertions.UNTRIED + "sending from port 0 takes python3, root and IPv4";

    private static final String PROGRAM = """
            import socket, struct, sys
            raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
            raw.sendto(struct.pack('!HHHH', 0, int(sys.argv[1]), 8 + 2, 0) + b'hi', ('127.0.0.1', 0))
            """;

    private PortZero() {}

    /** Sends a datagram to a port of 127.0.0.1, and returns false if this computer or the address does not allow it. */
    public static boolean sendTo(InetSocketAddress address) throws Exception {
        if (address.getAddress() instanceof Inet6Address) {
            return false;
        }
        List<String> command = List.of("python3", "-I", "-c", PROGRAM, String.valueOf(address.getPort()));
        try (Subprocess python = Subprocess.start(command, new byte[0], Map.of())) {
            return python.endsWithin(Subprocess.PATIENCE_SECONDS) && python.status() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
