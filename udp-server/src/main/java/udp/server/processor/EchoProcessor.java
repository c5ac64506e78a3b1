package udp.server.processor;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.spi.NamedProcessor;

/** The processor {@code echo}: sends back what came (RFC 862). Thread-safe. */
public final class EchoProcessor implements NamedProcessor {
    /** Makes a processor, for {@link java.util.ServiceLoader}. */
    public EchoProcessor() {}

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        reply.put(request);
        return Outcome.REPLY;
    }
}
