package udp.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import udp.internal.net.Addresses;
import udp.internal.net.Lookup;
import udp.internal.text.Printable;

/**
 * The addresses of a server's name, and what is known of each during an exchange. An address that refuses is left for the
 * next at once, and a silent address after its try. The address that replied last is the first of the next exchange.
 */
final class ServerAddresses {
    private final String name;
    private final Resolver resolver;
    private List<InetSocketAddress> addresses;
    private boolean isStale; // no address has replied, so the name may have others by now
    private final Map<InetSocketAddress, IOException> problems = new HashMap<>();
    private InetSocketAddress current;
    private InetSocketAddress usable; // the last address to which a socket could be opened, or null

    /** The look-up of the addresses of a server, at least one. */
    @FunctionalInterface
    interface Resolver {
        List<InetSocketAddress> addresses() throws UnknownHostException;
    }

    /** Looks up the addresses of a server, whose name is for messages. */
    ServerAddresses(String name, Resolver resolver) throws UnknownHostException {
        this.name = name;
        this.resolver = resolver;
        this.addresses = new ArrayList<>(resolver.addresses());
        begin();
    }

    /** Looks up all addresses of a host, in the resolver's order ({@code java.net.preferIPv6Addresses}). */
    static ServerAddresses lookUp(String host, int port, Duration limit) throws UnknownHostException {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not in 1 to 65535");
        }
        return new ServerAddresses(
                Printable.endpoint(host, port), () -> Addresses.servers(Lookup.all(host, limit), port));
    }

    /**
     * Begins an exchange: forgets what was known before, and refuses a request that is larger than a datagram. If no address
     * replied in the exchange before, looks up the name again.
     */
    void begin(ByteBuffer request) {
        if (isStale) {
            lookUpAgain();
        }
        if (request.remaining() > maxPayload()) {
            throw new IllegalArgumentException(
                    "the message is larger than a datagram (at most " + maxPayload() + " bytes)");
        }
        begin();
    }

    private void lookUpAgain() {
        try {
            addresses = new ArrayList<>(resolver.addresses());
            isStale = false;
        } catch (IOException | IllegalArgumentException e) {
            // The addresses that are known may still be right.
        }
    }

    private void begin() {
        problems.clear();
        usable = null;
        current = addresses.get(0);
    }

    int size() {
        return addresses.size();
    }

    InetSocketAddress current() {
        return current;
    }

    /** Returns how many bytes every address of the server can take. */
    int maxPayload() {
        int max = Addresses.MAX_PAYLOAD;
        for (InetSocketAddress address : addresses) {
            max = Math.min(max, Addresses.maxPayload(address));
        }
        return max;
    }

    void recordUsable() {
        usable = current;
    }

    boolean isAnyUsable() {
        return usable != null;
    }

    /** Records that the current address refuses or cannot be used, and leaves it for the next if it is to be left. */
    void recordFailure(IOException failure, boolean leave) {
        problems.put(current, failure);
        if (leave) {
            moveToNext();
        }
    }

    void recordSilence() {
        problems.remove(current);
    }

    void recordReply() {
        addresses.remove(current);
        addresses.add(0, current);
    }

    private void moveToNext() {
        current = addresses.get((addresses.indexOf(current) + 1) % addresses.size());
    }

    void moveToUsable() {
        current = usable;
    }

    /** Leaves an address that is silent, unless all others have refused. */
    void leaveSilent() {
        InetSocketAddress silent = current;
        do {
            moveToNext();
        } while (!current.equals(silent) && problems.containsKey(current));
    }

    /** Returns whether nothing can come, since a port is closed and no address works. */
    boolean isRefused() {
        return problems.size() == addresses.size()
                && problems.values().stream().anyMatch(PortUnreachableException.class::isInstance);
    }

    /** Returns the failure of an exchange that this host cannot even begin: no address can be used. */
    IOException unusable() {
        return failure(0, Duration.ZERO);
    }

    /** Returns the failure of an exchange. */
    IOException failure(int tries, Duration elapsed) {
        isStale = true;
        if (isRefused()) {
            return new PortUnreachableException("nothing listens on " + name + " (connection refused)");
        }
        if (problems.get(current) instanceof LocalPortException) {
            return problems.get(current);
        }
        if (problems.size() == addresses.size()) {
            return new NoRouteToHostException(name + " cannot be reached: " + Printable.failure(problems.get(current)));
        }
        return new SocketTimeoutException("no reply from " + name + " after " + tries + (tries == 1 ? " try" : " tries")
                + " in " + Printable.duration(elapsed));
    }
}
