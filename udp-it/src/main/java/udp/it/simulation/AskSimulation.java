package udp.it.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import udp.api.spi.TransportProvider;
import udp.client.RetryPolicy;
import udp.internal.fault.Faults;
import udp.internal.trace.Step;

/** A run of a client that somebody else has written against {@code Transport}: two exchanges, one after the other. */
public final class AskSimulation extends Simulation {
    /** A client that is checked. It throws an {@link IllegalStateException} if it fails. */
    @FunctionalInterface
    public interface Asker {
        /** Returns the reply, or null if none came after all tries. */
        byte[] ask(byte[] request);
    }

    /** Makes the client of a run. */
    @FunctionalInterface
    public interface AskerMaker {
        /** Returns a client of this server, with the sockets and the clock of its network. */
        Asker make(InetSocketAddress server, TransportProvider transports, LongSupplier nanoTime);
    }

    private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;
    private static final int EXCHANGES = 2;

    private final AskerMaker maker;
    private final List<Step> steps;

    /** Prepares a run on a network with these faults, perhaps with datagrams from strangers. */
    public AskSimulation(AskerMaker maker, Faults faults, boolean strangers) {
        this(maker, faults, strangers, new ArrayList<>());
    }

    private AskSimulation(AskerMaker maker, Faults faults, boolean strangers, List<Step> steps) {
        super(
                // A client may round a wait up to a millisecond, as if its socket took so long to open.
                Setup.plain(POLICY).strangers(strangers).opening(Duration.ofMillis(1)),
                faults,
                new RunTrace(steps::add),
                // It need not connect its sockets, and does not say why there is no reply.
                new Violations(Invariant.CONNECTED, Invariant.TRUE_REPORT));
        this.maker = maker;
        this.steps = steps;
    }

    @Override
    public AskSimulation run() {
        super.run();
        return this;
    }

    @Override
    void runClient(int number, SimulatedHost host, ClientCheck check) {
        host.reusingPorts(false);
        check.maxOpen = 1; // If it keeps its socket, a late reply shows why it must not.
        InetSocketAddress server = addresses.get(0);
        try {
            Asker client = maker.make(server, host, host.network::nanoTime);
            for (int i = 1; i <= EXCHANGES; i++) {
                byte[] request = ("request " + i).getBytes(US_ASCII);
                check.begin(request.clone(), i);
                byte[] reply = client.ask(request);
                if (reply == null) {
                    check.endWith(new SocketTimeoutException("ask returned null"));
                } else {
                    check.endWith(reply, server);
                }
            }
        } catch (IllegalStateException e) {
            violations.require(false, Invariant.NO_CRASH, "%s", e.getMessage());
            throw e;
        }
    }

    /** Returns the invariant that was broken first, or null. */
    public Invariant broken() {
        return violations.broken();
    }

    /** Returns the first violation in words. */
    public String violation() {
        return violations.toString();
    }

    /** Returns the names of all datagrams, as a script has them. */
    public List<String> sent() {
        return sent;
    }

    /** Returns what the network did with the datagrams. */
    public List<Step> steps() {
        return steps;
    }
}
