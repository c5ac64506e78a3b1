package udp.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/**
 * Opens what a server receives on: a transport for each address. One that is bound to the wildcard would do to receive,
 * but the system would choose the address that an answer leaves from, not the one that was asked (RFC 2181, 4.1), and
 * Java cannot tell it which. An address that the host gets later is not served.
 */
final class Listener {
    private static final int MOST_ATTEMPTS =
            16; // at a port that the system chose for one address and that others have taken

    private Listener() {}

    static List<Transport> open(TransportProvider provider, InetSocketAddress address) throws IOException {
        List<InetAddress> addresses = addresses(address.getAddress());
        for (int attempt = 1; ; attempt++) {
            try {
                return open(provider, addresses, address.getPort());
            } catch (BindException e) {
                if (address.getPort() != 0 || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static List<Transport> open(TransportProvider provider, List<InetAddress> addresses, int asked)
            throws IOException {
        List<Transport> opened = new ArrayList<>();
        try {
            int port = asked;
            for (InetAddress address : addresses) {
                opened.add(provider.open(TransportConfig.bind(new InetSocketAddress(address, port))));
                port = opened.get(0).localAddress().getPort();
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            for (Transport transport : opened) {
                transport.close();
            }
            throw e;
        }
    }

    private static List<InetAddress> addresses(InetAddress address) throws IOException {
        if (!address.isAnyLocalAddress()) {
            return List.of(address);
        }
        List<InetAddress> all = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> each.getAddress().length == address.getAddress().length)
                .toList();
        return all.isEmpty() ? List.of(address) : all;
    }
}
