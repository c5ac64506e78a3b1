package udp.it.kit.contract;

import org.junit.jupiter.api.extension.ExtendWith;
import udp.api.spi.TransportProvider;
import udp.contract.ConnectedTransportContract;
import udp.it.kit.support.SubjectResolver;

/** The contract for a transport that is connected, whose provider the kit's program was told. */
@ExtendWith(SubjectResolver.class)
public final class CheckedConnectedTransport extends ConnectedTransportContract {
    private final TransportProvider provider;

    CheckedConnectedTransport(TransportProvider provider) {
        this.provider = provider;
    }

    @Override
    protected TransportProvider provider() {
        return provider;
    }
}
