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
 * Opens what a server receives on: a transport for each address and worker. One that is bound to the wildcard would do to
 * receive, but the system would choose the address that an answer leaves from, not the one that was asked (RFC 2181,
 * 4.1), and Java cannot tell it which. An address that the host gets later is not served.
 *
 * @param provider opens a transport
 * @param workers how many there are to be on each address, which share its port if there are several
 */
record ServerSockets(TransportProvider provider, int workers) {
    // at a port that the system chose for one address and that another program has at the next
    private static final int MOST_ATTEMPTS = 16;

    List<Transport> open(InetSocketAddress address) throws IOException {
        List<InetAddress> addresses = addresses(address.getAddress());
        for (int attempt = 1; ; attempt++) {
            try {
                return open(addresses, address.getPort());
            } catch (BindException e) {
                if (address.getPort() != 0 || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** One in the place of another that has been closed. */
    Transport reopen(InetSocketAddress local) throws IOException {
        return provider.open(new TransportConfig(local, null, workers > 1));
    }

    private List<Transport> open(List<InetAddress> addresses, int asked) throws IOException {
        List<Transport> opened = new ArrayList<>();
        try {
            int port = asked;
            for (InetAddress address : addresses) {
                open(new InetSocketAddress(address, port), opened);
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

    private void open(InetSocketAddress address, List<Transport> opened) throws IOException {
        Transport alone = provider.open(TransportConfig.bind(address));
        if (workers == 1) {
            opened.add(alone);
            return;
        }
        // a socket that shares would have shared with another program's too: that nobody has the port is known only now
        alone.close();
        for (int i = 0; i < workers; i++) {
            opened.add(reopen(alone.localAddress()));
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
