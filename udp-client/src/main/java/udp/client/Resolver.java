package udp.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import udp.internal.net.Addresses;
import udp.internal.trace.Trace;

/** Looks up the addresses of a server. */
@SuppressWarnings("exports")
public final class Resolver {
    private Resolver() {}

    /** All addresses, of one family or, with null, of both, in the resolver's order ({@code preferIPv6Addresses}). */
    public static List<InetSocketAddress> resolve(String host, int port, StandardProtocolFamily family, Trace trace)
            throws UnknownHostException {
        Set<InetSocketAddress> found = new LinkedHashSet<>();
        for (InetAddress address : lookUp(host, trace)) {
            InetSocketAddress server = new InetSocketAddress(Addresses.reachable(address), port);
            if (family == null || Addresses.family(server) == family) {
                found.add(server);
            }
        }
        return List.copyOf(found);
    }

    private static InetAddress[] lookUp(String host, Trace trace) throws UnknownHostException {
        try {
            InetAddress[] found = InetAddress.getAllByName(host);
            trace.lookedUp("InetAddress.getAllByName", host, found);
            return found;
        } catch (UnknownHostException e) {
            trace.lookedUp("InetAddress.getAllByName", host);
            throw e;
        }
    }
}
