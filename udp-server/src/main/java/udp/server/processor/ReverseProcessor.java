package udp.server.processor;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.MessageProcessor;
import udp.api.spi.NamedProcessor;

/** The processor {@code reverse}: replies with the text from its last character (code point) to its first. Thread-safe. */
public final class ReverseProcessor implements NamedProcessor {
    private final MessageProcessor text =
            MessageProcessor.ofText(s -> new StringBuilder(s).reverse().toString());

    /** Makes a processor, for {@link java.util.ServiceLoader}. */
    public ReverseProcessor() {}

    @Override
    public String name() {
        return "reverse";
    }

    @Override
    public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        return text.process(request, reply, peer);
    }
}
