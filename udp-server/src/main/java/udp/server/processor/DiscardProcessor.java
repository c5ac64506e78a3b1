package udp.server.processor;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.spi.NamedProcessor;

/** {@code discard}: answers nothing (RFC 863). Thread-safe. */
public final class DiscardProcessor implements NamedProcessor {
    /** For {@link java.util.ServiceLoader}. */
    public DiscardProcessor() {}

    @Override
    public String name() {
        return "discard";
    }

    @Override
    public Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
        return Outcome.NO_REPLY;
    }
}
