package udp.it;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.MessageProcessor;

/** Prints where it must not, and throws what must be escaped. */
public final class Chatty implements MessageProcessor {
    @Override
    public Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
        System.out.println("chatter");
        throw new IllegalStateException("<script>\"&'\u0001\ud800 ]]>");
    }
}
