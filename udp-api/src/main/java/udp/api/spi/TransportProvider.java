package udp.api.spi;

import java.io.IOException;
import udp.api.Transport;

/**
 * Opens transports of one kind. Implementations are public, have a public constructor without parameters, and are named
 * in {@code META-INF/services/udp.api.spi.TransportProvider} (or in {@code provides} of a module); {@code --transport}
 * then takes their name.
 */
public interface TransportProvider {
    /** Which side of the exchange a transport is for. */
    enum Role {
        /** Binds to an address and port that clients know. */
        SERVER,
        /** Connects to a server or, to send an empty datagram, is bound alone (rule 2.3 of {@link Transport}). */
        CLIENT
    }

    /**
     * The side of the exchange.
     *
     * @return the role
     */
    Role role();

    /**
     * The name by which it is chosen, such as {@code channel}: one word in lower case.
     *
     * @return the name, unique within the role
     */
    String name();

    /**
     * {@code socket}, then {@code bind}, and {@code connect} if the configuration has a remote address.
     *
     * @param config the addresses
     * @return an open transport
     * @throws IOException if the socket cannot be opened, bound or connected, also for want of IPv6; nothing is left open
     *     then
     */
    Transport open(TransportConfig config) throws IOException;
}
