package udp.it.simulation;

import java.time.Instant;
import java.util.function.Consumer;
import udp.internal.trace.Call;
import udp.internal.trace.Step;
import udp.it.relay.ProxyCommand;

/** Writes what a simulated network does with each datagram, as a relay between the programs does. */
final class RunTrace {
    /** Writes nothing. */
    static final RunTrace NONE = new RunTrace(step -> {});

    private final Consumer<Step> steps;
    private int strangers; // datagrams; the diagram takes those of the same name for one

    RunTrace(Consumer<Step> steps) {
        this.steps = steps;
    }

    /** Writes that a datagram has entered the network, its name, and its fate in words. */
    void recordArrival(long now, Datagram datagram, String name, String fate) {
        if (this != NONE) {
            steps.accept(step(now, Call.RECVFROM, "receive")
                    .between(datagram.to(), datagram.from())
                    .withData(datagram.bytes())
                    .withDatagram(name, fate));
        }
    }

    /** Writes that a datagram has left the network. The name of a stranger's is null; so is the failure if it arrives. */
    void recordDeparture(long now, Datagram datagram, String name, String failure) {
        boolean isSeen = name != null || failure == null; // A stranger's that nobody receives only fills the diagram.
        if (this != NONE && isSeen) {
            steps.accept(step(now, Call.SENDTO, "send")
                    .between(datagram.from(), datagram.to())
                    .withData(datagram.bytes())
                    .withDatagram(name == null ? "stranger " + ++strangers : name, null)
                    .withFailure(failure));
        }
    }

    private static Step step(long now, Call call, String method) {
        return Step.of(Instant.EPOCH.plusNanos(now), now, ProxyCommand.NAME, call, "Transport." + method);
    }
}
