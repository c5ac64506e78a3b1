package udp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import udp.api.Transport;

/** Opens a transport that takes the place of a failed one. */
@FunctionalInterface
interface TransportFactory {
    /** Stands for a server whose transports cannot be replaced: it was given them, not what opens them. */
    TransportFactory NONE = local -> {
        throw new IOException("the transport cannot be replaced");
    };

    /** Returns a transport that is bound to the address. */
    Transport open(InetSocketAddress local) throws IOException;
}
