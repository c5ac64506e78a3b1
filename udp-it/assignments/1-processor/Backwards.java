import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.MessageProcessor;

/** Answers each sentence with its characters from the last to the first. */
public class Backwards implements MessageProcessor {
    private final MessageProcessor text = MessageProcessor.ofText(Backwards::answer);

    private static String answer(String sentence) {
        throw new UnsupportedOperationException("answer is to be written");
    }

    @Override
    public Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
        return text.process(received, answer, peer);
    }
}
