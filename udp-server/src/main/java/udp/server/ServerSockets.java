package udp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.internal.net.Addresses;
import udp.internal.net.SocketBinder;
import udp.internal.net.TimedReceiver;

/** Binds the sockets of a server: for each address, as many as there are workers. */
final class ServerSockets implements TransportFactory {
    private final TransportProvider provider;
    private final int workers;
    private final SocketBinder<Transport> binder;
    private volatile boolean shared; // whether the sockets share their port

    /** Opens transports of a provider, and reports which replies may leave from another address. */
    ServerSockets(TransportProvider provider, int workers, Consumer<String> warnings) {
        this.provider = provider;
        this.workers = workers;
        this.binder = new SocketBinder<>(this::open, warnings);
    }

    /** Binds to the address, or to the wildcard and each address of the host. */
    List<Transport> bind(InetSocketAddress address) throws IOException {
        TimedReceiver.loadClose(Addresses.family(address));
        return binder.bind(address, workers);
    }

    @Override
    public Transport open(InetSocketAddress local) throws IOException {
        return open(local, shared);
    }

    private Transport open(InetSocketAddress local, boolean sharing) throws IOException {
        Transport transport = provider.open(new TransportConfig(local, null, sharing));
        shared = sharing; // The last socket is bound as all are.
        return transport;
    }
}
