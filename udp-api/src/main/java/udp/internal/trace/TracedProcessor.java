package udp.internal.trace;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.MessageProcessor;

/** A processor whose work is traced: the reply that it makes at the server, the reply that it prints at the client. */
record TracedProcessor(MessageProcessor processor, Call call, LiveTrace trace) implements MessageProcessor {
    @Override
    public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        byte[] message = bytes(request.duplicate());
        Step step = trace.step(call, "MessageProcessor.process").between(null, peer);
        try {
            Outcome outcome = processor.process(request, reply, peer);
            if (call == Call.PRINT) {
                step = step.withData(message);
            } else if (outcome == Outcome.REPLY) {
                step = step.withData(bytes(reply.duplicate().flip()));
            } else {
                step = step.withNote("no reply");
            }
            return outcome;
        } catch (Throwable e) { // Also checked exceptions, which other languages let through.
            step = step.withFailure(e.toString());
            throw e;
        } finally {
            trace.record(step);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
