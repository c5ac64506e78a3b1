package udp.server.processor;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.spi.NamedProcessor;

/** {@code echo}: sends back what came (RFC 862). Thread-safe. */
public final class EchoProcessor implements NamedProcessor {
    /** For {@link java.util.ServiceLoader}. */
    public EchoProcessor() {}

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
        answer.put(received);
        return Outcome.REPLY;
    }
}
