package udp.it.simulation;

import java.time.Instant;
import udp.internal.trace.Call;
import udp.internal.trace.Step;
import udp.internal.trace.Trace;
import udp.it.relay.ProxyCommand;

/** Writes what a simulated network does with each datagram, as a relay between the programs does. */
final class RunTrace {
    /** Writes nothing. */
    static final RunTrace NONE = new RunTrace(Trace.NONE);

    private final Trace trace;

    RunTrace(Trace trace) {
        this.trace = trace;
    }

    /** Writes that a datagram has entered the network, its name, and its fate in words. */
    void recordArrival(long now, Datagram datagram, String name, String fate) {
        if (this != NONE) {
            trace.record(step(now, Call.RECVFROM, "receive")
                    .between(datagram.to(), datagram.from())
                    .withData(datagram.bytes())
                    .withDatagram(name, fate));
        }
    }

    /** Writes that a datagram has left the network; the name of a stranger's is null, and so is the failure if there is none. */
    void recordDeparture(long now, Datagram datagram, String name, String failure) {
        if (this != NONE) {
            trace.record(step(now, Call.SENDTO, "send")
                    .between(datagram.from(), datagram.to())
                    .withData(datagram.bytes())
                    .withDatagram(name, null)
                    .withFailure(failure));
        }
    }

    private static Step step(long now, Call call, String method) {
        return Step.of(Instant.EPOCH.plusNanos(now), now, ProxyCommand.NAME, call, "Transport." + method);
    }
}
