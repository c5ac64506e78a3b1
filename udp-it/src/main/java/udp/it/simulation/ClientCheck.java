package udp.it.simulation;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import udp.client.RetryPolicy;
import udp.internal.text.Printable;

/** Holds a client to the invariants: knows what it was asked for, and sees what it does and what arrives for it. */
final class ClientCheck {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1); // that a client makes after a refusal

    private final SimulatedHost host;
    private final List<InetSocketAddress> servers; // to which this host can send
    private final int addresses;
    private final RetryPolicy policy;
    private final Violations violations;
    private final Set<Integer> ports = new HashSet<>(); // of all its requests
    int maxOpen; // sockets between two exchanges
    private InetSocketAddress repliedLast; // null if no address replied in the exchange before

    private byte[] request; // null between two exchanges
    private long begun;
    private long due; // of the next try
    private int tries;
    private final Set<InetSocketAddress> tried = new HashSet<>(); // in this try
    private int refusals; // of this exchange
    private final Set<InetSocketAddress> refused = new HashSet<>(); // each server that refused its last request
    private long sockets; // of this exchange
    private InetSocketAddress to; // which the client has sent to last
    private final Set<SimulatedTransport> open = new HashSet<>();
    private Datagram first; // that arrived from the server
    private long firstAt;

    ClientCheck(SimulatedHost host, List<InetSocketAddress> servers, RetryPolicy policy, Violations violations) {
        this.host = host;
        this.addresses = servers.size();
        this.servers = servers.stream()
                .filter(server -> server.getAddress() instanceof Inet4Address)
                .toList();
        this.policy = policy;
        this.violations = violations;
    }

    /** Begins an exchange: the client is about to send the request. */
    void begin(byte[] bytes, long exchange) {
        request = bytes;
        host.exchange = exchange;
        begun = now();
        due = begun;
        tries = 0;
        refusals = 0;
        refused.clear();
        sockets = 0;
        first = null;
    }

    void onSend(SimulatedTransport transport, Datagram datagram) {
        require(request != null, Invariant.TRIES, "a datagram was sent outside of an exchange");
        require(Arrays.equals(request, datagram.bytes()), Invariant.WHOLE_REQUEST, "another request was sent");
        boolean another = isDue();
        if (another) {
            tries++;
            require(tries <= policy.tries(), Invariant.TRIES, "try %d of %d", tries, policy.tries());
            require(
                    tries > 1 || datagram.to().equals(firstAddress()),
                    Invariant.NEXT_ADDRESS,
                    "the exchange began at %s, not at %s",
                    datagram.to(),
                    firstAddress());
            require(
                    tries == 1
                            || refusals > 0
                            || servers.size() == 1
                            || !datagram.to().equals(to),
                    Invariant.NEXT_ADDRESS,
                    "a silent address was tried again before the next");
            due = now() + (policy.timeout().toNanos() << tries - 1);
            tried.clear();
        }
        require(another || refusals > 0, Invariant.DOUBLED_WAITS, "try %d came %s", tries + 1, untilDue());
        require(tried.add(datagram.to()), Invariant.TRIES, "two datagrams to %s in a try", datagram.to());
        require(
                (transport.remote == null) == (request.length == 0),
                Invariant.CONNECTED,
                "the socket is connected to %s",
                transport.remote);
        to = datagram.to();
        refused.remove(to);
        if (open.add(transport)) {
            sockets++;
            require(
                    ports.add(transport.endpoint.getPort()) && (sockets == 1 || addresses > 1),
                    Invariant.NEW_PORT,
                    "port %d for socket %d of the exchange",
                    transport.endpoint.getPort(),
                    sockets);
        }
    }

    void onArrival(SimulatedTransport transport, Datagram datagram) {
        if (request != null && first == null && datagram.from().equals(to) && open.contains(transport)) {
            first = datagram;
            firstAt = now();
        }
    }

    void onRefusal(SimulatedTransport transport) {
        refusals++;
        refused.add(transport.remote);
    }

    void onClose(SimulatedTransport transport) {
        open.remove(transport);
    }

    /** Ends an exchange with the reply that the client has taken. */
    void endWith(byte[] reply, InetSocketAddress peer) {
        require(
                first != null && first.exchange() == host.exchange,
                Invariant.OWN_REPLY,
                first == null ? "no reply to it had come" : "it was the reply to another request");
        if (first != null) {
            require(
                    Arrays.equals(first.bytes(), reply) && first.from().equals(peer),
                    Invariant.FIRST_REPLY,
                    "the client took other bytes, or named another server");
            require(
                    now() - firstAt <= slack(),
                    Invariant.FIRST_REPLY,
                    "the client took it %d ns after it came",
                    now() - firstAt);
        }
        repliedLast = peer;
        end();
    }

    /** Ends an exchange that has failed. */
    void endWith(IOException failure) {
        repliedLast = null; // The client looks up the name again.
        require(first == null, Invariant.FIRST_REPLY, "a reply had come, and the client said: %s", failure);
        if (servers.isEmpty()) {
            require(
                    failure instanceof NoRouteToHostException
                            && failure.getMessage().startsWith("server cannot be reached: ")
                            && tries == 0
                            && isDue(),
                    Invariant.TRUE_REPORT,
                    "no address can be used, and the client said: %s",
                    failure);
            end();
            return;
        }
        require(tries == policy.tries(), Invariant.TRIES, "%d tries instead of %d", tries, policy.tries());
        require(isDue(), Invariant.END_IN_TIME, "the exchange ended %s", untilDue());
        boolean timeout = failure instanceof SocketTimeoutException;
        require(
                timeout
                        ? failure.getMessage().equals(silence())
                        : failure instanceof PortUnreachableException
                                && failure.getMessage().equals("nothing listens on server (connection refused)"),
                Invariant.TRUE_REPORT,
                "%s",
                failure);
        require(timeout != refused.containsAll(servers), Invariant.TRUE_REPORT, "%s", failure);
        end();
    }

    private String silence() {
        return "no reply from server after " + tries + (tries == 1 ? " try in " : " tries in ")
                + Printable.duration(Duration.ofNanos(now() - begun));
    }

    private InetSocketAddress firstAddress() {
        return repliedLast == null ? servers.get(0) : repliedLast;
    }

    private void end() {
        require(open.size() <= maxOpen, Invariant.CLOSED_SOCKET, "%d sockets are open", open.size());
        request = null;
    }

    private boolean isDue() {
        return now() >= due && now() - due <= slack();
    }

    private String untilDue() {
        long early = due - now();
        return Math.abs(early) / 1_000_000 + " ms too " + (early > 0 ? "early" : "late");
    }

    /** A client that was refused pauses for a millisecond, so that a socket that always fails does not take the CPU. */
    private long slack() {
        return addresses * host.opening.toNanos() + (refusals > 0 ? PAUSE : 0);
    }

    private long now() {
        return host.network.nanoTime();
    }

    private void require(boolean condition, Invariant invariant, String what, Object... values) {
        violations.require(condition, invariant, what, values);
    }
}
