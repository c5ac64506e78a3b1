package udp.it.diagram;

import udp.internal.trace.Call;
import udp.internal.trace.Excerpt;
import udp.internal.trace.Step;

/**
 * A step in a diagram.
 *
 * @param nanos the time, which counts from the first step of both sides
 * @param local the own address, or null
 * @param peer the address of the other side, or null
 */
record TraceStep(Side side, long nanos, Step step, Endpoint local, Endpoint peer) {
    static TraceStep of(Side side, Step step) {
        return new TraceStep(side, step.nanos(), step, endpoint(step.local()), endpoint(step.peer()));
    }

    private static Endpoint endpoint(String text) {
        return text == null ? null : Endpoint.of(text);
    }

    TraceStep at(long newNanos) {
        return new TraceStep(side, newNanos, step, local, peer);
    }

    Call call() {
        return step.call();
    }

    byte[] data() {
        return step.data();
    }

    boolean hasFailed() {
        return step.failure() != null;
    }

    boolean isSend() {
        return call() == Call.SENDTO && !hasFailed();
    }

    boolean isReceive() {
        return call() == Call.RECVFROM && !hasFailed();
    }

    /** Returns the size and the beginning of the datagram. */
    String content(int characters) {
        return data().length + " B " + Excerpt.of(data(), characters);
    }

    /** Returns the call with its note in a few words. The content of a datagram is written at its arrow. */
    String summary() {
        String address = (call() == Call.BIND || call() == Call.CONNECT) && local != null ? " " + local : "";
        if (hasFailed()) {
            return call() + address + " failed: " + step.failure();
        }
        return call() + (address.isEmpty() && step.note() != null ? " " + step.note() : address);
    }
}
