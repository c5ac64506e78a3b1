package udp.api.trace;

import java.io.IOException;
import java.net.InetSocketAddress;
import udp.api.Transport;
import udp.api.cli.Program;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

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
        trace.show(trace.step(Call.SOCKET, names.of(Call.SOCKET)));
        Call call = config.remote() == null ? Call.BIND : Call.CONNECT;
        Transport transport;
        try {
            transport = provider.open(config);
        } catch (IOException | RuntimeException e) {
            trace.show(trace.step(call, names.of(call))
                    .between(config.local(), config.remote())
                    .failed(Program.text(e)));
            throw e;
        }
        InetSocketAddress local = transport.localAddress();
        trace.show(trace.step(call, names.of(call))
                .between(local, config.remote())
                .note(config.local().getPort() == 0 ? "the system chose port " + local.getPort() : null));
        return new TracedTransport(transport, config.remote(), names, trace);
    }
}
