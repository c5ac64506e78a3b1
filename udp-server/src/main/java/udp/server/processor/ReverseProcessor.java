package udp.server.processor;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.MessageProcessor;
import udp.api.spi.NamedProcessor;

/** {@code reverse}: the text from its last character (code point) to its first. Thread-safe. */
public final class ReverseProcessor implements NamedProcessor {
    private final MessageProcessor text =
            MessageProcessor.ofText(s -> new StringBuilder(s).reverse().toString());

    /** For {@link java.util.ServiceLoader}. */
    public ReverseProcessor() {}

    @Override
    public String name() {
        return "reverse";
    }

    @Override
    public Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
        return text.process(received, answer, peer);
    }
}
