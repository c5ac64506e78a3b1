package udp.it.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import udp.internal.text.Printable;

/**
 * The sockets towards the server, one for each client. If there is no room for a newcomer, the client that was idle longest
 * gives way. Counts the clients that gave way before the server replied to their latest datagram. One thread.
 */
final class Upstreams {
    /**
     * The most clients at the same time; how long an idle client keeps its socket; whether the server may reply from
     * another port, to which the client's datagrams go once it has the reply; and after how many datagrams a client gets
     * another socket, as a NAT does it (0: never).
     */
    record Limits(int clients, Duration idle, boolean follows, int rebind) {}

    /** The address of a client, and the socket that it has asked: its replies leave from there. */
    record Client(InetSocketAddress address, DatagramChannel front) {}

    /** Where a datagram comes from: the client whose exchange it belongs to, and the sender, this client or the server. */
    record Origin(Client client, InetSocketAddress sender) {}

    /** Binds a socket towards the server. */
    @FunctionalInterface
    interface Binder {
        DatagramChannel bind() throws IOException;
    }

    /** The socket of one client. */
    static final class Upstream {
        final Client client;
        InetSocketAddress server; // where the client's datagrams go to
        final DatagramChannel channel;
        boolean isWaiting; // for a reply
        private long lastUse;
        private int sent;

        private Upstream(Client client, InetSocketAddress server, DatagramChannel channel) {
            this.client = client;
            this.server = server;
            this.channel = channel;
        }
    }

    private final Binder binder;
    private final Selector selector;
    private final Limits limits;
    private final Consumer<String> warnings;
    private final Recorder recorder;
    private final Map<Client, Upstream> byClient =
            new LinkedHashMap<>(16, 0.75f, true); // The least recently used comes first.
    private final Map<String, Long> cutOff = new TreeMap<>();
    private boolean hasWarned;
    private boolean hasWarnedOfStranger;

    Upstreams(Binder binder, Selector selector, Limits limits, Consumer<String> warnings, Recorder recorder)
            throws IOException {
        try (DatagramChannel first =
                binder.bind()) { // The JDK's first close takes descriptors, of which none may be left.
            first.register(selector, SelectionKey.OP_READ);
        }
        selector.selectNow(key -> {});
        this.binder = binder;
        this.selector = selector;
        this.limits = limits;
        this.warnings = warnings;
        this.recorder = recorder;
    }

    boolean has(Client client) {
        return byClient.containsKey(client);
    }

    /** Returns the socket for a datagram of a client, and binds it first if the client is new or due for another. */
    Upstream of(Client client, InetSocketAddress server, long now) throws IOException {
        Upstream upstream = byClient.get(client);
        if (upstream == null) {
            if (byClient.size() == limits.clients()) {
                closeLeastRecentlyUsed("over " + limits.clients() + " clients");
            }
            upstream = add(client, server);
        } else if (upstream.sent == limits.rebind()) {
            Upstream old = upstream;
            upstream = add(client, old.server); // before the other is closed, so that its port is another
            if (old.channel.isOpen()) { // It has given way already if no other socket was left.
                close(old, "port changed");
            }
        }
        upstream.sent++;
        return use(upstream, now);
    }

    /** Notes that a socket is in use. */
    Upstream use(Upstream upstream, long now) {
        byClient.get(upstream.client); // makes it the most recently used
        upstream.lastUse = now;
        return upstream;
    }

    /** Returns whether a sender is the server of a client, perhaps with another port. */
    boolean accepts(InetSocketAddress sender, Upstream upstream) {
        boolean isSameHost = isSameHost(sender, upstream.server);
        if (sender.equals(upstream.server) || isSameHost && limits.follows()) {
            return true;
        }
        if (!hasWarnedOfStranger) {
            hasWarnedOfStranger = true;
            warnings.accept("dropped a datagram from " + Printable.address(sender) + ", which is not the server "
                    + Printable.address(upstream.server)
                    + (isSameHost ? "; to accept replies from any port of its address, add --follow" : ""));
        }
        return false;
    }

    /** Lets a client's next datagrams go to the port that it has a reply from. A client cannot know a lost reply's port. */
    void follow(Origin reply, long now) {
        Upstream upstream = limits.follows() ? byClient.get(reply.client()) : null;
        if (upstream != null && isSameHost(reply.sender(), upstream.server)) { // The server may have changed meanwhile.
            use(upstream, now).server = reply.sender();
        }
    }

    private static boolean isSameHost(InetSocketAddress one, InetSocketAddress other) {
        return one.getAddress().equals(other.getAddress());
    }

    void closeIdle(long now) throws IOException {
        while (!byClient.isEmpty()
                && now - byClient.values().iterator().next().lastUse
                        >= limits.idle().toNanos()) {
            closeLeastRecentlyUsed("idle");
        }
    }

    void closeAll(String reason) throws IOException {
        while (!byClient.isEmpty()) {
            closeLeastRecentlyUsed(reason);
        }
    }

    /** Returns how many clients gave way before they had a reply, and why; empty if there is none. */
    String summary() {
        return cutOff.isEmpty() ? "" : "; cut off before a reply " + Direction.counts(cutOff);
    }

    private Upstream add(Client client, InetSocketAddress server) throws IOException {
        Upstream upstream = new Upstream(client, server, bind());
        upstream.channel.register(selector, SelectionKey.OP_READ, upstream);
        byClient.put(client, upstream);
        return upstream;
    }

    /** Binds a socket; up to two clients give way, because the JVM itself may need the descriptor of one for a moment. */
    private DatagramChannel bind() throws IOException {
        for (int left = 2; ; left--) {
            try {
                return binder.bind();
            } catch (IOException e) {
                if (byClient.isEmpty() || left == 0) {
                    throw e;
                }
                if (!hasWarned) {
                    hasWarned = true;
                    warnings.accept("no socket for another client, so the client that was idle longest gives way;"
                            + " for more, raise ulimit -n");
                }
                closeLeastRecentlyUsed("no socket left");
            }
        }
    }

    private void closeLeastRecentlyUsed(String reason) throws IOException {
        Iterator<Upstream> oldest = byClient.values().iterator();
        Upstream upstream = oldest.next();
        oldest.remove();
        close(upstream, reason);
    }

    private void close(Upstream upstream, String reason) throws IOException {
        if (upstream.isWaiting) {
            cutOff.merge(reason, 1L, Long::sum);
        }
        recorder.recordClose(upstream.channel, upstream.server);
        upstream.channel.close();
        selector.selectNow(key -> {}); // frees the file descriptor and the port
    }
}
