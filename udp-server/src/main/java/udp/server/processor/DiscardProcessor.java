package udp.server.processor;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.spi.NamedProcessor;

/** The processor {@code discard}: sends no reply (RFC 863). Thread-safe. */
public final class DiscardProcessor implements NamedProcessor {
    /** Makes a processor, for {@link java.util.ServiceLoader}. */
    public DiscardProcessor() {}

    @Override
    public String name() {
        return "discard";
    }

    @Override
    public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        return Outcome.NO_REPLY;
    }
}
