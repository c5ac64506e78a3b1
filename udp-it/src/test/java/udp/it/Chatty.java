package udp.it;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import udp.api.MessageProcessor;

/** A processor that prints to both outputs what would drive a terminal, and throws an exception with markup in its message. */
public final class Chatty implements MessageProcessor {
    @Override
    public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        System.out.println("chatter\u001b[2J");
        System.err.print("more\u202e");
        throw new IllegalStateException("<script>\"&'\u0001\ud800 ]]>");
    }
}
