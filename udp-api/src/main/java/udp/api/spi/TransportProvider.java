package udp.api.spi;

import java.io.IOException;
import udp.api.Transport;

/**
 * A factory of transports with a name, which {@code --transport} takes. An implementation is public, has a public
 * constructor without parameters, and is listed in {@code META-INF/services/udp.api.spi.TransportProvider} or in the
 * {@code provides} of a module.
 */
public interface TransportProvider {
    /** The side of the exchange that a transport is for. */
    enum Role {
        /** The side that binds to an address and port that clients know. */
        SERVER,
        /**
         * The side that connects to a server. To send an empty datagram, it binds only (rule 2.3 of {@link Transport}).
         */
        CLIENT
    }

    /**
     * Returns the side of the exchange that the transports are for.
     *
     * @return the role
     */
    Role role();

    /**
     * Returns the name, a word in lower case such as {@code channel}.
     *
     * @return the name, which no other provider of the same role has
     */
    String name();

    /**
     * Opens a transport: calls {@code socket} and {@code bind}, and {@code connect} if the configuration has a remote
     * address.
     *
     * @param config the addresses
     * @return an open transport
     * @throws IOException if the socket cannot be opened, bound or connected, for example because the host has no IPv6;
     *     then nothing stays open
     */
    Transport open(TransportConfig config) throws IOException;
}
