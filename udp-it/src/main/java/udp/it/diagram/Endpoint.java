package udp.it.diagram;

import java.util.Set;
import udp.internal.text.Printable;

/** An address and a port, as they are in a trace, without a scope: each host has its own names and numbers for that. */
record Endpoint(String host, int port) {
    private static final Set<String> ANY = Set.of("0.0.0.0", "::");

    /** Parses an endpoint, for example {@code 127.0.0.1:50007} or {@code [fe80::1%eth0]:50007}. */
    static Endpoint of(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("'" + text + "' is no address with a port");
        }
        String host = text.substring(0, colon).replaceAll("%.*|[\\[\\]]", "");
        return new Endpoint(host, Integer.parseInt(text.substring(colon + 1)));
    }

    /** Returns whether both may be the same socket: a socket that is bound to all addresses may have any of them. */
    boolean matches(Endpoint other) {
        return port == other.port && (host.equals(other.host) || ANY.contains(host) || ANY.contains(other.host));
    }

    @Override
    public String toString() {
        return Printable.endpoint(host, port);
    }
}
