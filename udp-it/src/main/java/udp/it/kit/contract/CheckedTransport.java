package udp.it.kit.contract;

import org.junit.jupiter.api.extension.ExtendWith;
import udp.api.spi.TransportProvider;
import udp.contract.TransportContract;
import udp.it.kit.support.SubjectResolver;

/** The contract for a transport that is not connected, whose provider the kit's program was told. */
@ExtendWith(SubjectResolver.class)
public final class CheckedTransport extends TransportContract {
    private final TransportProvider provider;

    CheckedTransport(TransportProvider provider) {
        this.provider = provider;
    }

    @Override
    protected TransportProvider provider() {
        return provider;
    }
}
