package udp.contract;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Nested;
import udp.api.spi.TransportConfig;

/** The numbered rules of {@link udp.api.Transport}, for one that is connected to its peer, as a client's is. */
public abstract class ConnectedTransportContract extends TransportContract {
    /** Is called by subclasses. */
    protected ConnectedTransportContract() {}

    @Override
    boolean connected() {
        return true;
    }

    @Override
    TransportConfig config(InetSocketAddress peer) {
        return TransportConfig.connect(peer);
    }

    /** What rules 1.5, 1.6 and 2.4 say of a peer. */
    @Nested
    class Connected extends ConnectedRules {
        Connected() {
            super(ConnectedTransportContract.this);
        }
    }
}
