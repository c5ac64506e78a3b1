package udp.it.diagram;

import udp.internal.trace.Call;
import udp.internal.trace.Excerpt;

/** A step of a trace; what it does not have is null. The time is in nanoseconds from the first step of both sides. */
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
    boolean isSend() {
        return call == Call.SENDTO && failure == null;
    }

    boolean isReceive() {
        return call == Call.RECVFROM && failure == null;
    }

    /** Size and beginning of the datagram. */
    String content(int characters) {
        return data.length + " B " + Excerpt.of(data, characters);
    }

    /** The call and what there is to say of it, in a few words; a datagram's content is at its arrow. */
    String summary() {
        String address = (call == Call.BIND || call == Call.CONNECT) && local != null ? " " + local : "";
        if (failure != null) {
            return call + address + " failed: " + failure;
        }
        return call + (address.isEmpty() && note != null ? " " + note : address);
    }
}
