package udp.it.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import udp.api.MessageProcessor;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider.Role;
import udp.internal.fault.Faults;
import udp.server.SteppedServer;
import udp.server.guard.Guards;
import udp.server.guard.RateLimit;

/** Servers on a simulated network to which datagrams come from anybody: no program has sent them. */
final class ServerRun implements NetworkWatch {
    static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.1", 50_007);
    static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 50_007);
    static final InetSocketAddress CLIENT = new InetSocketAddress("198.51.100.1", 4007);

    private static final int LOOP = 500;

    private record Served(SteppedServer server, SimulatedTransport transport, ServerCheck check) {}

    final Violations violations = new Violations();
    final SimulatedNetwork network;
    private final Map<InetSocketAddress, Served> servers = new HashMap<>();
    private final Map<InetSocketAddress, Integer> replies = new HashMap<>();
    int sent;
    private int limit = 10_000; // to what the servers send

    ServerRun(Duration delay) {
        network = new SimulatedNetwork(new Faults(0, 0, 0, 0, 0, delay, delay, 0), this);
    }

    /** Adds a server. It replies at once, or it is slow: then requests queue up, and it looks at them after a while. */
    ServerRun serve(InetSocketAddress local, MessageProcessor processor, RateLimit limit, Duration slow) {
        try {
            SimulatedTransport transport =
                    network.host(Role.SERVER, local.getAddress()).bind(TransportConfig.bind(local));
            ServerCheck check = new ServerCheck(processor, violations);
            Guards guards = new Guards(new HashSet<>(List.of(local)), limit);
            SteppedServer server = new SteppedServer(transport, check, guards.another(network), network);
            transport.serveWith(
                    slow.isZero()
                            ? server::serve
                            : () -> network.at(network.nanoTime() + slow.toNanos(), server::serve));
            servers.put(local, new Served(server, transport, check));
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets a datagram arrive from a source, which may be forged. */
    void arrive(InetSocketAddress source, InetSocketAddress server, String text, long millis) {
        network.at(
                TimeUnit.MILLISECONDS.toNanos(millis),
                () -> network.deliver(new Datagram(source, server, text.getBytes(US_ASCII), 0)));
    }

    int repliesTo(InetSocketAddress peer) {
        return replies.getOrDefault(peer, 0);
    }

    /** Lets everything happen, which may be loops that do not end. */
    Violations endLoop(int loops) {
        int before = sent;
        limit = before + LOOP * loops + 1;
        try {
            network.runUntilQuiet();
        } catch (IllegalStateException e) {
            // It has not ended.
        }
        require(sent - before <= LOOP * loops, Invariant.LOOP_ENDS, "%d datagrams", sent - before);
        return violations;
    }

    /** Lets everything happen, and checks the counts. */
    void end() {
        network.runUntilQuiet();
        for (Served served : servers.values()) {
            served.check.requireReplied();
            served.check.requireCounts(served.server.statistics());
        }
    }

    /** Ends a server, as SIGTERM does. */
    void stop(InetSocketAddress server) {
        servers.get(server).server.stop();
        servers.get(server).transport.close();
    }

    void require(boolean condition, Invariant invariant, String what, Object... values) {
        violations.require(condition, invariant, what, values);
    }

    @Override
    public void onSend(SimulatedTransport transport, Datagram datagram) {
        servers.get(transport.endpoint).check.onSend(datagram);
        replies.merge(datagram.to(), 1, Integer::sum);
        if (++sent > limit) {
            throw new IllegalStateException("a loop does not end");
        }
    }

    @Override
    public void onReceive(SimulatedTransport transport, Datagram datagram) {
        servers.get(transport.endpoint).check.onReceive(datagram);
    }
}
