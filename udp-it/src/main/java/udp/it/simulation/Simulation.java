package udp.it.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider.Role;
import udp.client.Client;
import udp.client.ClientOnClock;
import udp.internal.fault.Faults;
import udp.server.SteppedServer;
import udp.server.guard.Guards;
import udp.server.guard.RateLimit;

/** A run of clients and a server on a simulated network, which holds them to the invariants. */
class Simulation implements NetworkWatch {
    private static final int PORT = 50_007;
    private static final int STRANGERS = 4; // in the first wait

    /** Guards for all runs: they ask the system for its addresses, which takes longer than a run. */
    private static final Guards GUARDS = new Guards(
            Set.of(
                    new InetSocketAddress(address(192, 0, 2, 1), PORT),
                    new InetSocketAddress(address(192, 0, 2, 2), PORT)),
            RateLimit.NONE);

    /** A server's loop at one of its addresses. */
    private record Served(SteppedServer server, SimulatedTransport transport, ServerCheck check) {}

    final Violations violations;
    final List<String> sent = new ArrayList<>(); // the names of all datagrams, as a script has them
    private final Setup setup;
    private final RunTrace trace;
    private final SimulatedNetwork network;
    final List<InetSocketAddress> addresses = new ArrayList<>();
    private final Map<SimulatedTransport, Served> servers = new HashMap<>();
    private final Map<SimulatedHost, ClientCheck> clients = new HashMap<>();
    private int fromClients;
    private int fromServer;
    private int processed;
    private int exchanges;
    private int replies;

    Simulation(Setup setup, Faults faults) {
        this(setup, faults, RunTrace.NONE, new Violations());
    }

    Simulation(Setup setup, Faults faults, RunTrace trace, Violations violations) {
        this.setup = setup;
        this.trace = trace;
        this.violations = violations;
        this.network = new SimulatedNetwork(faults, this);
        for (int i = 0; i < setup.addresses().size(); i++) {
            boolean ipv6 = setup.addresses().get(i) == Setup.Address.IPV6;
            addresses.add(new InetSocketAddress(ipv6 ? ipv6(1 + i) : address(192, 0, 2, 1 + i), PORT));
        }
    }

    /** Runs all exchanges, and then lets late datagrams arrive. */
    Simulation run() {
        for (int i = 0; i < addresses.size(); i++) {
            switch (setup.addresses().get(i)) {
                case SERVER -> serve(addresses.get(i), GUARDS.another(network));
                case CLOSED_PORT -> network.host(Role.SERVER, addresses.get(i).getAddress());
                case NOTHING, IPV6 -> {}
            }
        }
        List<Runnable> programs = new ArrayList<>();
        for (int i = 0; i < setup.clients(); i++) {
            programs.add(client(i));
        }
        try {
            network.run(programs);
            network.runUntilQuiet();
        } catch (RuntimeException | Error e) {
            violations.require(false, Invariant.NO_CRASH, "%s", e);
            return this;
        }
        for (Served served : servers.values()) {
            served.server.stop();
            served.check.requireReplied();
            long dropped = served.check.requireCounts(served.server.statistics());
            violations.require(
                    dropped == 0 || setup.isMixed(), Invariant.ONE_REPLY, "the server has dropped %d", dropped);
        }
        return this;
    }

    int exchanges() {
        return exchanges;
    }

    int replies() {
        return replies;
    }

    /** Returns the time that has passed in the network, in nanoseconds. */
    long nanos() {
        return network.nanoTime();
    }

    private void serve(InetSocketAddress local, Guards guards) {
        try {
            SimulatedHost host = network.host(Role.SERVER, local.getAddress());
            SimulatedTransport transport = host.bind(TransportConfig.bind(local));
            ServerCheck check = new ServerCheck(this::process, violations);
            SteppedServer server = new SteppedServer(transport, check, guards, network);
            transport.serveWith(server::serve);
            servers.put(transport, new Served(server, transport, check));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a reply that differs from all others, or none. */
    private Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        processed++;
        reply.put(request).put(("#" + processed).getBytes(US_ASCII));
        return setup.isReplied(processed) ? Outcome.REPLY : Outcome.NO_REPLY;
    }

    private Runnable client(int number) {
        SimulatedHost host = network.host(Role.CLIENT, address(198, 51, 100, 1 + number));
        host.reusingPorts(!setup.isMixed());
        host.opening = setup.opening();
        ClientCheck check = new ClientCheck(host, addresses, setup.policy(), violations);
        clients.put(host, check);
        return () -> runClient(number, host, check);
    }

    /** Runs a client to its end. */
    void runClient(int number, SimulatedHost host, ClientCheck check) {
        try (Client client = ClientOnClock.of(addresses, host, setup.policy(), network)) {
            for (int i = 0; i < setup.exchangesOf(number); i++) {
                Setup.Exchange plan = setup.exchange(number, i);
                exchange(client, check, plan, number + "." + i);
                network.pause(plan.pause().toNanos());
            }
        }
    }

    private void exchange(Client client, ClientCheck check, Setup.Exchange plan, String name) {
        byte[] request = plan.isEmpty() ? new byte[0] : ("request " + name).getBytes(US_ASCII);
        int[] left = {plan.messages()};
        MessageProcessor processor = (reply, next, peer) -> {
            byte[] bytes = new byte[reply.remaining()];
            reply.get(bytes);
            check.endWith(bytes, peer);
            replies++;
            if (--left[0] == 0) {
                return Outcome.NO_REPLY;
            }
            byte[] another = ("request " + name + " " + left[0]).getBytes(US_ASCII);
            next.put(another);
            check.begin(another, ++exchanges);
            return Outcome.REPLY;
        };
        check.begin(request, ++exchanges);
        try {
            client.exchange(ByteBuffer.wrap(request), processor);
        } catch (IOException e) {
            check.endWith(e);
        }
    }

    @Override
    public void onSend(SimulatedTransport transport, Datagram datagram) {
        sent.add(transport.isServer() ? "s" + ++fromServer : "c" + ++fromClients);
        if (transport.isServer()) {
            servers.get(transport).check.onSend(datagram);
            return;
        }
        clients.get(transport.host).onSend(transport, datagram);
        for (int i = 1; setup.strangers() && i <= STRANGERS; i++) {
            Datagram forged = new Datagram(
                    new InetSocketAddress(address(203, 0, 113, i), PORT),
                    datagram.from(),
                    "forged".getBytes(US_ASCII),
                    -1);
            network.at(
                    network.nanoTime() + setup.policy().timeout().toNanos() * i / (STRANGERS + 1),
                    () -> network.deliver(forged));
        }
    }

    @Override
    public void onEnter(Datagram datagram, String name, String fate) {
        trace.recordArrival(nanos(), datagram, name, fate);
    }

    @Override
    public void onLeave(Datagram datagram, String name, String failure) {
        trace.recordDeparture(nanos(), datagram, name, failure);
    }

    @Override
    public void onArrival(SimulatedTransport transport, Datagram datagram) {
        if (!transport.isServer()) {
            clients.get(transport.host).onArrival(transport, datagram);
        }
    }

    @Override
    public void onReceive(SimulatedTransport transport, Datagram datagram) {
        if (transport.isServer()) {
            servers.get(transport).check.onReceive(datagram);
        }
    }

    @Override
    public void onRefusal(SimulatedTransport transport) {
        ClientCheck client = clients.get(transport.host);
        if (client != null) {
            client.onRefusal(transport);
        }
    }

    @Override
    public void onClose(SimulatedTransport transport) {
        if (!transport.isServer()) {
            clients.get(transport.host).onClose(transport);
        }
    }

    private static InetAddress ipv6(int last) {
        byte[] bytes = {0x20, 1, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) last}; // 2001:db8::
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static InetAddress address(int... bytes) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
