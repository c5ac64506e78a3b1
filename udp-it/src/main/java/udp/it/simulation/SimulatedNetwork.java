package udp.it.simulation;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import udp.api.spi.TransportProvider.Role;
import udp.internal.fault.Faults;
import udp.internal.fault.FaultyLink;
import udp.internal.fault.FaultyLink.DelayedDatagram;
import udp.internal.fault.FaultyLink.Passage;

/**
 * A network in virtual time, for the real client and the real receive loop. A client waits in its transport. A server has no
 * thread: the network calls it when a datagram has arrived.
 */
class SimulatedNetwork extends VirtualTime {
    private final FaultyLink<Datagram> fromClients;
    private final FaultyLink<Datagram> fromServer;
    private final NetworkWatch watch;
    private final Map<InetSocketAddress, SimulatedTransport> bound = new HashMap<>();
    private final Set<InetAddress> hosts = new HashSet<>();

    /** Makes a network with these faults, on which the watch sees what programs do. */
    SimulatedNetwork(Faults faults, NetworkWatch watch) {
        this.fromClients = new FaultyLink<>(faults.fromClients(), faults.seed());
        this.fromServer = new FaultyLink<>(faults.fromServer(), faults.seed() + 1);
        this.watch = watch;
    }

    /** Adds a host. A datagram to another address disappears; a datagram to a closed port of this host is refused. */
    SimulatedHost host(Role role, InetAddress... addresses) {
        hosts.addAll(List.of(addresses));
        return new SimulatedHost(this, role, List.of(addresses));
    }

    @Override
    long nextDue() {
        return Math.min(super.nextDue(), Math.min(due(fromClients), due(fromServer)));
    }

    private long due(FaultyLink<Datagram> link) {
        long nanos = link.nanosToNext(nanoTime());
        return nanos == FOREVER ? FOREVER : nanoTime() + Math.max(0, nanos);
    }

    @Override
    void happen() {
        DelayedDatagram<Datagram> next = fromClients.poll(nanoTime());
        String name = next == null ? "s" : "c";
        next = next == null ? fromServer.poll(nanoTime()) : next;
        if (next == null) {
            super.happen();
        } else {
            deliver(next.peer().with(next.bytes()), name + next.number());
        }
    }

    /** Lets a datagram arrive now, whoever its sender is. */
    void deliver(Datagram datagram) {
        deliver(datagram, null);
    }

    private void deliver(Datagram datagram, String name) {
        SimulatedTransport receiver = bound.get(datagram.to());
        boolean isHost = hosts.contains(datagram.to().getAddress());
        if (receiver != null && receiver.accept(datagram)) {
            watch.onLeave(datagram, name, null);
            watch.onArrival(receiver, datagram);
            receiver.serve();
            return;
        }
        watch.onLeave(datagram, name, isHost ? "port closed" : "no such host");
        if (isHost) {
            SimulatedTransport sender = bound.get(datagram.from());
            if (sender != null && sender.refuse(datagram.to())) { // The ICMP message comes at once, and is never lost.
                watch.onRefusal(sender);
            }
        }
    }

    void send(SimulatedTransport transport, Datagram datagram) {
        watch.onSend(transport, datagram);
        FaultyLink<Datagram> link = transport.isServer() ? fromServer : fromClients;
        Passage<Datagram> passage = link.enter(datagram.bytes().clone(), datagram, nanoTime());
        watch.onEnter(datagram, (transport.isServer() ? "s" : "c") + passage.number(), passage.fate());
        changed();
    }

    void received(SimulatedTransport transport, Datagram datagram) {
        if (transport.isServer()) {
            transport.host.exchange = datagram.exchange();
        }
        watch.onReceive(transport, datagram);
    }

    SimulatedTransport bind(SimulatedTransport transport) throws BindException {
        if (bound.putIfAbsent(transport.endpoint, transport) != null) {
            throw new BindException("Address already in use");
        }
        return transport;
    }

    boolean isFree(InetSocketAddress endpoint) {
        return !bound.containsKey(endpoint);
    }

    void close(SimulatedTransport transport) {
        bound.remove(transport.endpoint, transport);
        transport.host.closed(transport);
        watch.onClose(transport);
        changed();
    }

    /** Is called, with the lock, after a program has sent a datagram or closed a socket. */
    void changed() {}
}
