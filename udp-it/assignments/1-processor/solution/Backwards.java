import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.MessageProcessor;

/** Replies to each sentence with its characters from the last to the first. */
public class Backwards implements MessageProcessor {
    private final MessageProcessor text = MessageProcessor.ofText(Backwards::reverse);

    private static String reverse(String sentence) {
        return new StringBuilder(sentence).reverse().toString();
    }

    @Override
    public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        return text.process(request, reply, peer);
    }
}
