package udp.server.processor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import udp.api.spi.NamedProcessor;

/**
 * The processor {@code upper}: replies with the text in capitals, as {@link String#toUpperCase(Locale)} with
 * {@link Locale#ROOT} makes them, whatever the environment. Malformed UTF-8 becomes U+FFFD, so the reply is always valid.
 * Thread-safe.
 */
public final class UpperProcessor implements NamedProcessor {
    /** Makes a processor, for {@link java.util.ServiceLoader}. */
    public UpperProcessor() {}

    @Override
    public String name() {
        return "upper";
    }

    @Override
    public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        AsciiUpper.copy(request, reply); // A shortcut for plain text: without it, the rest does all.
        if (request.hasRemaining()) {
            byte[] text = new byte[request.remaining()];
            request.get(text);
            reply.put(new String(text, UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8));
        }
        return Outcome.REPLY;
    }
}
