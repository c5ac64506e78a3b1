package udp.internal.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import udp.internal.text.Printable;

/**
 * Binds the sockets that together receive what is sent to an address and port. For the wildcard, each address of the host
 * gets a socket, so that a reply leaves from the address that was asked (RFC 1122, section 4.1.3.5): Java can neither tell
 * on which address a datagram arrived nor choose the address that a reply leaves from. A socket on the wildcard itself
 * receives the rest. All share the port, and the system gives a datagram to the most specific of them.
 *
 * @param <S> the type of the sockets
 */
public final class SocketBinder<S extends Closeable> {
    static final int MAX_ADDRESSES = 64; // Each has a thread and buffers in the server.

    private static final int MAX_TRIES = 16;
    // Debian resolves the host's own name to it. A reply from the wildcard would leave from 127.0.0.1.
    private static final InetAddress OWN_NAME = new InetSocketAddress("127.0.1.1", 0).getAddress();

    /** A call that opens and binds a socket. */
    @FunctionalInterface
    public interface Opener<S> {
        /** Returns a socket that is bound to an address and port, alone or as one that shares them. */
        S open(InetSocketAddress local, boolean shared) throws IOException;
    }

    private final Opener<S> opener;
    private final Consumer<String> warnings;

    /** Makes a binder that reports to {@code warnings} which replies may leave from another address. */
    public SocketBinder(Opener<S> opener, Consumer<String> warnings) {
        this.opener = opener;
        this.warnings = warnings;
    }

    /**
     * Binds to an address and port.
     *
     * @param address the address, perhaps the wildcard; with port 0, the system chooses a port
     * @param workers how many sockets share each address
     * @return the sockets, that on the wildcard first
     */
    public List<S> bind(InetSocketAddress address, int workers) throws IOException {
        List<InetAddress> addresses = addressesBeside(address.getAddress());
        for (int number = 1; ; number++) {
            try {
                return bind(address, addresses, workers);
            } catch (BindException e) {
                // Another program got the port that the system had chosen, between the two times that it was bound.
                if (address.getPort() != 0 || number == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Closes all sockets, each even if another fails. Throws the first failure, with the others. */
    public static void close(List<? extends Closeable> sockets) throws IOException {
        IOException failure = null;
        for (Closeable socket : sockets) {
            try {
                socket.close();
            } catch (IOException | RuntimeException | Error e) { // The others must be closed nevertheless.
                if (failure == null) {
                    failure = e instanceof IOException io ? io : new IOException(e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<S> bind(InetSocketAddress address, List<InetAddress> beside, int workers) throws IOException {
        if (beside.isEmpty() && workers == 1) {
            return List.of(opener.open(address, false));
        }
        List<S> bound = new ArrayList<>();
        // A socket that shares its port would also join another program's: only a socket that does not proves it free.
        try (DatagramChannel alone = TimedReceiver.openChannel(Addresses.family(address))) {
            InetSocketAddress chosen = (InetSocketAddress) alone.bind(address).getLocalAddress();
            shareOrClose(alone);
            if (beside.isEmpty()) {
                add(bound, chosen, workers, true);
            } else {
                bindBeside(bound, chosen, beside, workers);
            }
            return bound;
        } catch (Throwable e) { // An error, too, must leave nothing open.
            close(bound);
            throw e;
        }
    }

    /** Lets others join a bound socket, which so keeps its port from other programs until the others are bound. */
    private static void shareOrClose(DatagramChannel alone) throws IOException {
        try {
            alone.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        } catch (UnsupportedOperationException | SocketException e) {
            alone.close(); // The system shares no port, or not that of a bound socket.
        }
    }

    private void bindBeside(List<S> bound, InetSocketAddress wildcard, List<InetAddress> addresses, int workers)
            throws IOException {
        boolean shared = addWildcard(bound, wildcard, workers);
        List<String> leftOut = new ArrayList<>();
        for (InetAddress address : addresses) {
            try {
                add(bound, new InetSocketAddress(address, wildcard.getPort()), workers, shared);
            } catch (BindException e) { // An IPv6 address may be tentative or a duplicate (RFC 4862, section 5.4).
                if (!address.equals(OWN_NAME)) {
                    leftOut.add(Printable.address(address) + " (" + Printable.failure(e) + ")");
                }
            }
        }
        if (!leftOut.isEmpty()) {
            warnings.accept("no socket has the address " + String.join(", ", leftOut)
                    + ": a reply to a request that is sent there may leave from another address");
        }
    }

    /** Binds a single socket to the wildcard, since each would get a broadcast. Returns false if no port can be shared. */
    private boolean addWildcard(List<S> bound, InetSocketAddress wildcard, int workers) throws IOException {
        try {
            add(bound, wildcard, 1, true);
            return true;
        } catch (UnsupportedOperationException e) {
            if (workers > 1) {
                throw e;
            }
            return false;
        }
    }

    private void add(List<S> bound, InetSocketAddress address, int count, boolean shared) throws IOException {
        for (int i = 0; i < count; i++) {
            bound.add(opener.open(address, shared));
        }
    }

    /** Returns the addresses that get sockets beside that on the wildcard; none if it is not the wildcard. */
    private List<InetAddress> addressesBeside(InetAddress wildcard) {
        if (!wildcard.isAnyLocalAddress()) {
            return List.of();
        }
        List<InetAddress> all = new ArrayList<>(Addresses.ofThisHost(Addresses.family(wildcard)));
        if (Addresses.family(wildcard) == StandardProtocolFamily.INET6) { // It receives over IPv4 too.
            all.addAll(Addresses.ofThisHost(StandardProtocolFamily.INET));
        }
        if (all.size() > MAX_ADDRESSES) {
            warnings.accept("this host has " + all.size() + " addresses, more than " + MAX_ADDRESSES
                    + ": only " + Printable.address(wildcard)
                    + " is bound, and a reply may leave from another address than that of its request");
            return List.of();
        }
        if (all.contains(Addresses.loopback(StandardProtocolFamily.INET))) {
            all.add(OWN_NAME);
        }
        return all;
    }
}
