package udp.internal.trace;

import java.net.InetSocketAddress;
import java.time.Instant;

/** One step of an exchange; what a step does not have is null. The data is not copied. */
record Step(
        Instant time, // on the wall clock
        long nanos, // on the monotonic clock
        Call call,
        String java, // the method of the JDK or of this project that does it
        InetSocketAddress local,
        InetSocketAddress peer,
        byte[] data,
        String note,
        String failure) {
    /** Made step by step, since most steps have few of the parts. */
    static final class Builder {
        private final Instant time;
        private final long nanos;
        private final Call call;
        private final String java;
        private InetSocketAddress local;
        private InetSocketAddress peer;
        private byte[] data;
        private String note;
        private String failure;

        Builder(Instant time, long nanos, Call call, String java) {
            this.time = time;
            this.nanos = nanos;
            this.call = call;
            this.java = java;
        }

        Builder between(InetSocketAddress localAddress, InetSocketAddress peerAddress) {
            local = localAddress;
            peer = peerAddress;
            return this;
        }

        Builder data(byte[] bytes) {
            data = bytes;
            return this;
        }

        Builder note(String text) {
            note = text;
            return this;
        }

        Builder failed(String text) {
            failure = text;
            return this;
        }

        Step build() {
            return new Step(time, nanos, call, java, local, peer, data, note, failure);
        }
    }
}
