package udp.internal.trace;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.internal.text.Printable;

/** A provider whose transports are traced, and their sockets from the beginning. */
final class TracedProvider implements TransportProvider {
    private final TransportProvider provider;
    private final JavaNames names;
    private final LiveTrace trace;

    TracedProvider(TransportProvider provider, LiveTrace trace) {
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
        trace.record(step(Call.SOCKET));
        Transport transport;
        try {
            transport = provider.open(config);
        } catch (IOException | RuntimeException e) {
            Call failed = isBinding(config, e) ? Call.BIND : Call.CONNECT;
            trace.record(step(failed)
                    .between(config.local(), failed == Call.BIND ? null : config.remote())
                    .withFailure(Printable.failure(e)));
            throw e;
        }
        InetSocketAddress local = transport.localAddress();
        InetSocketAddress remote = config.remote();
        trace.record(step(Call.BIND)
                // Binding chooses the port, connecting the address.
                .between(
                        remote == null
                                ? local
                                : new InetSocketAddress(config.local().getAddress(), local.getPort()),
                        null)
                .withNote(config.local().getPort() == 0 ? "the system chose port " + local.getPort() : null));
        if (remote != null) {
            trace.record(step(Call.CONNECT).between(local, remote));
        }
        return new TracedTransport(transport, remote, names, trace);
    }

    /** Returns whether binding has failed: connecting, too, may throw {@link BindException}, but not for a given port. */
    private static boolean isBinding(TransportConfig config, Exception failure) {
        return config.remote() == null
                || failure instanceof BindException && config.local().getPort() != 0;
    }

    private Step step(Call call) {
        return trace.step(call, names.of(call));
    }
}
