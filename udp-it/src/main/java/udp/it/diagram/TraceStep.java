package udp.it.diagram;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import udp.internal.trace.Call;
import udp.internal.trace.Excerpt;
import udp.internal.trace.Step;

/**
 * A step in a diagram.
 *
 * @param kind what the program is
 * @param source the number of the trace file
 * @param nanos the time, which counts from the first step of all files
 * @param local the own address, or null
 * @param peer the address of the other side, or null
 */
record TraceStep(Lane.Kind kind, int source, long nanos, Step step, Endpoint local, Endpoint peer) {
    static TraceStep of(int source, Step step) {
        Lane.Kind kind = Lane.Kind.ofProgram(step.program());
        return new TraceStep(kind, source, step.nanos(), step, endpoint(step.local()), endpoint(step.peer()));
    }

    private static Endpoint endpoint(String text) {
        return text == null ? null : Endpoint.of(text);
    }

    TraceStep at(long newNanos) {
        return new TraceStep(kind, source, newNanos, step, local, peer);
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

    /** Returns the size and the beginning of a datagram. */
    static String content(byte[] data, int characters) {
        return data.length + " B " + Excerpt.of(data, characters);
    }

    /** Returns the call with its note in a few words. The content of a datagram is written at its arrow. */
    String summary() {
        boolean isOfOwn =
                call() == Call.BIND || call() == Call.CLOSE && kind == Lane.Kind.NETWORK; // It has many sockets.
        Endpoint address = isOfOwn ? local : call() == Call.CONNECT ? peer : null;
        String failure = hasFailed() ? "failed: " + step.failure() : null;
        String note = failure == null && address == null ? step.note() : null;
        return Stream.of(call(), step.datagram(), address, note, failure)
                .filter(part -> part != null && !part.toString().isEmpty())
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    /** Returns whether two steps are the same line of a trace. Equality would compare all members. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
