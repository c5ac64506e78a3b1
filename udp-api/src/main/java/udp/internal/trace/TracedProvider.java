package udp.internal.trace;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.internal.text.Printable;

/** Opens transports whose calls are shown, and shows how they come to be. */
final class TracedProvider implements TransportProvider {
    private final TransportProvider provider;
    private final JavaNames names;
    private final Trace trace;

    TracedProvider(TransportProvider provider, Trace trace) {
        this.provider = provider;
        this.names = new JavaNames(provider.name());
        this.trace = trace;
    }

    @Override
    public Role role() {
        return provider.role();
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Transport open(TransportConfig config) throws IOException {
        trace.show(step(Call.SOCKET));
        Transport transport;
        try {
            transport = provider.open(config);
        } catch (IOException | RuntimeException e) {
            Call failed = isBinding(config, e) ? Call.BIND : Call.CONNECT;
            trace.show(step(failed)
                    .between(config.local(), failed == Call.BIND ? null : config.remote())
                    .failed(Printable.failure(e)));
            throw e;
        }
        InetSocketAddress local = transport.localAddress();
        InetSocketAddress remote = config.remote();
        trace.show(step(Call.BIND)
                // connecting chooses the address, binding only the port
                .between(
                        remote == null
                                ? local
                                : new InetSocketAddress(config.local().getAddress(), local.getPort()),
                        null)
                .note(config.local().getPort() == 0 ? "the system chose port " + local.getPort() : null));
        if (remote != null) {
            trace.show(step(Call.CONNECT).between(local, remote));
        }
        return new TracedTransport(transport, remote, names, trace);
    }

    /** Connecting, too, may fail with a {@link BindException}, but a port that was asked for is refused by binding alone. */
    private static boolean isBinding(TransportConfig config, Exception failure) {
        return config.remote() == null
                || failure instanceof BindException && config.local().getPort() != 0;
    }

    private Step.Builder step(Call call) {
        return trace.step(call, names.of(call));
    }
}
