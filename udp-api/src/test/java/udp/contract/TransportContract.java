package udp.contract;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/**
 * The numbered rules of {@link udp.api.Transport}, for a transport that talks to anyone, over IPv4 and,
 * if this host has it, over IPv6.
 */
@ParameterizedClass(name = "over {0}")
@EnumSource(Ip.class)
public abstract class TransportContract {
    @Parameter
    Ip ip;

    /** Is called by subclasses. */
    protected TransportContract() {}

    /** Returns a provider whose transports are to keep the rules. */
    protected abstract TransportProvider provider();

    /** Binds a socket of the transport's network; of another network than that of this computer, a subclass binds it. */
    protected DatagramSocket socket(InetSocketAddress local) throws IOException {
        return new DatagramSocket(local);
    }

    final Peer peer() throws IOException {
        return new Peer(socket(new InetSocketAddress(ip.loopback(), 0)));
    }

    boolean connected() {
        return false;
    }

    TransportConfig config(InetSocketAddress peer) {
        return TransportConfig.bind(new InetSocketAddress(ip.loopback(), 0));
    }

    /** Rules 1.1 to 1.6. */
    @Nested
    class Receive extends ReceiveRules {
        Receive() {
            super(TransportContract.this);
        }
    }

    /** Rules 2.1 to 2.5. */
    @Nested
    class Send extends SendRules {
        Send() {
            super(TransportContract.this);
        }
    }

    /** Rules 3.1 to 3.5. */
    @Nested
    class Close extends CloseRules {
        Close() {
            super(TransportContract.this);
        }
    }

    /** Rules 4.1 and 4.2. */
    @Nested
    class Threads extends ThreadRules {
        Threads() {
            super(TransportContract.this);
        }
    }
}
