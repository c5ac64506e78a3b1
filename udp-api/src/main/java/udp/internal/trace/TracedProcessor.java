package udp.internal.trace;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.MessageProcessor;

/** A processor whose work is shown: at the server the answer, at the client the reply that it was given. */
record TracedProcessor(MessageProcessor processor, Call call, Trace trace) implements MessageProcessor {
    @Override
    public Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
        byte[] message = bytes(received.duplicate());
        Step.Builder step = trace.step(call, "MessageProcessor.process").between(null, peer);
        try {
            Outcome outcome = processor.process(received, answer, peer);
            if (call == Call.PRINT) {
                step.data(message);
            } else if (outcome == Outcome.REPLY) {
                step.data(bytes(answer.duplicate().flip()));
            } else {
                step.note("no reply");
            }
            return outcome;
        } catch (Throwable e) { // also checked ones, which other languages let through; it goes on below
            step.failed(e.toString());
            throw e;
        } finally {
            trace.show(step);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
