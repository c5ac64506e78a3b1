package udp.it;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import udp.api.MessageProcessor;

/** A processor that uses up the descriptors for a request "f", and keeps them, and the heap for "h". */
public final class Greedy implements MessageProcessor {
    private static final List<Object> KEPT = new ArrayList<>(10_000);

    @Override
    public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        byte kind = request.get();
        reply.put(kind);
        try {
            while (kind == 'f') {
                KEPT.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            return Outcome.REPLY;
        }
        for (List<byte[]> heap = new ArrayList<>(); kind == 'h'; ) {
            heap.add(new byte[1 << 20]); // Fails in the end, and lets go.
        }
        return Outcome.REPLY;
    }
}
