package udp.it;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.MessageProcessor;

/** A processor that prints to standard output and throws an exception with markup in its message. */
public final class Chatty implements MessageProcessor {
    @Override
    public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        System.out.println("chatter");
        throw new IllegalStateException("<script>\"&'\u0001\ud800 ]]>");
    }
}
