package udp.it.simulation;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** A host of a simulated network: opens the sockets of its program. */
final class SimulatedHost implements TransportProvider {
    private static final int MIN_PORT = 49_152;
    private static final int PORTS = 65_536 - MIN_PORT;
    private static final int MAX_REUSABLE = 4;

    final SimulatedNetwork network;
    private final Role role;
    private final List<InetAddress> addresses;
    private boolean reusesPorts;
    private final Deque<Integer> reusable = new ArrayDeque<>(); // the ports to give next
    private int opened;
    Duration opening = Duration.ZERO; // how long it takes to open a socket
    long exchange; // in which its program is

    SimulatedHost(SimulatedNetwork network, Role role, List<InetAddress> addresses) {
        this.network = network;
        this.role = role;
        this.addresses = addresses;
    }

    /** Lets this host give the ports of the sockets that were closed last to the next sockets, or not. */
    void reusingPorts(boolean reuses) {
        reusesPorts = reuses;
    }

    /** Learns that a socket was closed. */
    void closed(SimulatedTransport transport) {
        if (reusesPorts) {
            reusable.push(transport.endpoint.getPort());
        }
        if (reusable.size() > MAX_REUSABLE) {
            reusable.removeLast();
        }
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public Transport open(TransportConfig config) throws IOException {
        return bind(config);
    }

    SimulatedTransport bind(TransportConfig config) throws IOException {
        network.lock.lock();
        try {
            network.elapse(opening.toNanos());
            boolean any = config.local().getAddress().isAnyLocalAddress();
            InetAddress address = any ? address(config) : config.local().getAddress();
            int chosen = config.local().getPort();
            InetSocketAddress endpoint = new InetSocketAddress(address, chosen == 0 ? freePort(address) : chosen);
            // As getsockname tells it: connect chooses the address, bind to the wildcard does not.
            InetSocketAddress local = any && config.remote() == null
                    ? new InetSocketAddress(config.local().getAddress(), endpoint.getPort())
                    : endpoint;
            return network.bind(new SimulatedTransport(this, local, endpoint, config.remote()));
        } finally {
            network.lock.unlock();
        }
    }

    private InetAddress address(TransportConfig config) throws BindException {
        for (InetAddress address : addresses) {
            if (address.getClass() == config.local().getAddress().getClass()) {
                return address;
            }
        }
        throw new BindException("this host has no address of the family " + config.family());
    }

    private int freePort(InetAddress address) {
        int port;
        do {
            port = reusable.isEmpty() ? MIN_PORT + opened++ % PORTS : reusable.pop();
        } while (!network.isFree(new InetSocketAddress(address, port)));
        return port;
    }
}
