package udp.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import udp.api.Transport;
import udp.internal.jfr.FlightEvents;
import udp.internal.text.Printable;

/**
 * One request and its reply. It has a socket, and with it a port, of its own, and a retransmission leaves from the same
 * one: the protocol has no identifier, so the port is what tells a reply to this request from one to another.
 *
 * <p>Of several addresses of a server, one that refuses is left for the next at once, and one that is silent after its
 * try. What ICMP reports is a hint: it neither ends nor extends the time of a try, which is fixed when the try begins.
 */
final class Exchange implements Closeable {
    /** Opens a socket to a server. */
    @FunctionalInterface
    interface Opener {
        Transport open(InetSocketAddress server) throws IOException;
    }

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String name;
    private final List<InetSocketAddress> servers;
    private final Opener opener;
    private final RetryPolicy retransmission;
    private final Progress progress;
    private final Map<InetSocketAddress, IOException> problems = new HashMap<>();
    private int current;
    private int tries;
    private int usable = -1; // the last one to which a socket could be opened
    private Transport transport; // null: not open
    private boolean closed;

    Exchange(
            String name,
            List<InetSocketAddress> servers,
            Opener opener,
            RetryPolicy retransmission,
            Progress progress) {
        this.name = name;
        this.servers = servers;
        this.opener = opener;
        this.retransmission = retransmission;
        this.progress = progress;
    }

    /** Returns the server's address, with the reply in the buffer, or throws what is to be told to the user. */
    InetSocketAddress run(ByteBuffer request, ByteBuffer reply) throws IOException {
        Object event = FlightEvents.exchange();
        InetSocketAddress peer = null;
        try {
            peer = attempts(request, reply);
            return peer;
        } finally {
            FlightEvents.exchanged(event, server(), peer != null, tries);
        }
    }

    private InetSocketAddress attempts(ByteBuffer request, ByteBuffer reply) throws IOException {
        long start = System.nanoTime();
        for (int number = 1; ; number++) {
            tries = number;
            Duration wait = retransmission.waitAfter(number);
            InetSocketAddress peer = attempt(request, reply, System.nanoTime() + wait.toNanos());
            if (peer != null) {
                return peer;
            }
            if (number == retransmission.tries()) {
                throw failure(Duration.ofNanos(System.nanoTime() - start));
            }
            progress.waiting((isRefused() ? refusal() : "no answer from " + name) + " yet; try " + (number + 1) + " of "
                    + retransmission.tries() + ", waiting " + Printable.duration(retransmission.waitAfter(number + 1)));
            leaveSilentServer();
            FlightEvents.retransmission(server(), number + 1);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeTransport();
    }

    private void closeTransport() {
        try {
            if (transport != null) {
                transport.close();
            }
        } catch (IOException e) {
            // it is closed nevertheless, and the reply is here, or looked for elsewhere
        }
    }

    /** One try: sends to the current server, or to the first after it that does not refuse, and waits. */
    private InetSocketAddress attempt(ByteBuffer request, ByteBuffer reply, long deadline) throws IOException {
        for (int left = servers.size(); left > 0; left--) {
            try {
                return await(send(request), reply, deadline);
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                problems.put(server(), e);
                if (left > 1) {
                    moveTo((current + 1) % servers.size());
                }
            }
        }
        if (usable < 0) {
            throw failure(Duration.ZERO); // not a report of the network: this host cannot even try
        }
        moveTo(usable);
        return awaitInSpiteOfReports(openAgain(), reply, deadline);
    }

    private Transport openAgain() throws IOException {
        try {
            return open();
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            problems.put(server(), e);
            throw failure(Duration.ZERO);
        }
    }

    private Transport send(ByteBuffer request) throws IOException {
        Transport opened = open();
        try {
            opened.send(request.duplicate(), server());
        } catch (PortUnreachableException e) {
            // what a send reports is the fate of an earlier datagram; this one has not left (Linux: SO_ERROR)
            opened.send(request.duplicate(), server());
        }
        FlightEvents.sent(server(), request.remaining());
        return opened;
    }

    private InetSocketAddress await(Transport opened, ByteBuffer reply, long deadline) throws IOException {
        long left;
        while ((left = deadline - System.nanoTime()) > 0) {
            InetSocketAddress peer = opened.receive(reply.clear(), Duration.ofNanos(left));
            if (server().equals(peer)) {
                FlightEvents.received(peer, reply.position());
                return peer;
            }
        }
        problems.remove(server());
        return null;
    }

    /** Everyone has refused, but the server may just be starting, or somebody may be lying. */
    private InetSocketAddress awaitInSpiteOfReports(Transport opened, ByteBuffer reply, long deadline)
            throws IOException {
        IOException problem = problems.get(server());
        while (true) {
            try {
                InetSocketAddress peer = await(opened, reply, deadline);
                if (peer == null) {
                    problems.put(server(), problem);
                }
                return peer;
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                problem = e;
                LockSupport.parkNanos(PAUSE_NANOS); // a socket that always fails must not take the processor
            }
        }
    }

    private void leaveSilentServer() {
        for (int step = 1; step < servers.size(); step++) {
            int candidate = (current + step) % servers.size();
            if (!problems.containsKey(servers.get(candidate))) {
                moveTo(candidate);
                return;
            }
        }
    }

    private InetSocketAddress server() {
        return servers.get(current);
    }

    private synchronized void moveTo(int next) {
        if (current != next) {
            closeTransport();
            transport = null;
        }
        current = next;
    }

    private synchronized Transport open() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (transport == null) {
            transport = opener.open(server());
            usable = current;
        }
        return transport;
    }

    private boolean isRefused() {
        return problems.size() == servers.size()
                && problems.values().stream().anyMatch(PortUnreachableException.class::isInstance);
    }

    private String refusal() {
        return "nothing listens on " + name + " (connection refused)";
    }

    private IOException failure(Duration elapsed) {
        if (isRefused()) {
            return new PortUnreachableException(refusal() + "; start the server there, or check host and port");
        }
        if (problems.get(server()) instanceof LocalPortException failure) {
            return failure;
        }
        if (problems.size() == servers.size()) {
            return new NoRouteToHostException(name + " cannot be reached: " + Printable.failure(problems.get(server()))
                    + "; check the address and this host's network");
        }
        return new SocketTimeoutException("no answer from " + name + " after " + retransmission.tries()
                + (retransmission.tries() == 1 ? " try" : " tries") + " in " + Printable.duration(elapsed)
                + "; check host, port and firewall, or wait longer");
    }
}
