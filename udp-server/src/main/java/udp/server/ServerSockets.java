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
 * Binds the sockets of a server: one for each address and worker. A socket on the wildcard would receive everything too,
 * but the system would choose the address that a reply leaves from, not the address that was asked (RFC 2181, section
 * 4.1), and Java cannot tell it which. An address that the host gets later is not served.
 *
 * @param provider opens a transport
 * @param workers how many sockets each address has; several share its port
 */
record ServerSockets(TransportProvider provider, int workers) implements TransportFactory {
    private static final int MAX_TRIES = 16;

    /** Binds to the address, or to each address of the host if it is the wildcard. */
    List<Transport> bind(InetSocketAddress address) throws IOException {
        List<InetAddress> addresses = addresses(address.getAddress());
        for (int number = 1; ; number++) {
            try {
                return bind(addresses, address.getPort());
            } catch (BindException e) {
                // The system chose a port for the first address that another program has at a later one.
                if (address.getPort() != 0 || number == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    @Override
    public Transport open(InetSocketAddress local) throws IOException {
        return provider.open(new TransportConfig(local, null, workers > 1));
    }

    /** Closes all transports, and reports a failure after that. */
    static void close(List<Transport> transports) throws IOException {
        IOException failure = null;
        for (Transport transport : transports) {
            try {
                transport.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<Transport> bind(List<InetAddress> addresses, int port) throws IOException {
        List<Transport> bound = new ArrayList<>();
        try {
            for (InetAddress address : addresses) {
                int chosen =
                        bound.isEmpty() ? port : bound.get(0).localAddress().getPort();
                bindWorkers(new InetSocketAddress(address, chosen), bound);
            }
            return bound;
        } catch (Throwable e) { // An error, too, must leave nothing open.
            close(bound);
            throw e;
        }
    }

    private void bindWorkers(InetSocketAddress address, List<Transport> bound) throws IOException {
        Transport alone = provider.open(TransportConfig.bind(address));
        if (workers == 1) {
            bound.add(alone);
            return;
        }
        // SO_REUSEPORT would also join another program's socket. Binding once without it proves that the port is free.
        alone.close();
        for (int i = 0; i < workers; i++) {
            bound.add(open(alone.localAddress()));
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
