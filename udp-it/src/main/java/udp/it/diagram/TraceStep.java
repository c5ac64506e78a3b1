package udp.it.diagram;

import udp.internal.trace.Call;
import udp.internal.trace.Excerpt;

/** A step of a trace. Members that it does not have are null. The time counts from the first step of both sides. */
record TraceStep(
        Side side,
        long nanos,
        Call call,
        String java,
        Endpoint local,
        Endpoint peer,
        byte[] data,
        String note,
        String failure) {
    TraceStep at(long newNanos) {
        return new TraceStep(side, newNanos, call, java, local, peer, data, note, failure);
    }

    boolean isSend() {
        return call == Call.SENDTO && failure == null;
    }

    boolean isReceive() {
        return call == Call.RECVFROM && failure == null;
    }

    /** Returns the size and the beginning of the datagram. */
    String content(int characters) {
        return data.length + " B " + Excerpt.of(data, characters);
    }

    /** Returns the call with its note in a few words. The content of a datagram is written at its arrow. */
    String summary() {
        String address = (call == Call.BIND || call == Call.CONNECT) && local != null ? " " + local : "";
        if (failure != null) {
            return call + address + " failed: " + failure;
        }
        return call + (address.isEmpty() && note != null ? " " + note : address);
    }
}
