package udp.it.others;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import java.nio.ByteBuffer;
import udp.server.processor.UpperProcessor;

/**
 * A server with Vert.x that has our processor. It keeps Vert.x's buffer sizes, because Vert.x would make a buffer as large as
 * the socket's for each datagram. So a datagram may have at most 2,048 bytes.
 */
final class VertxServer {
    private VertxServer() {}

    public static void main(String[] arguments) {
        DatagramSocket socket = Vertx.vertx().createDatagramSocket();
        UpperProcessor processor = new UpperProcessor();
        socket.handler(packet -> {
            ByteBuffer request = ByteBuffer.wrap(packet.data().getBytes());
            byte[] reply = new byte[request.remaining()];
            processor.process(request, ByteBuffer.wrap(reply), null);
            socket.send(
                    Buffer.buffer(reply),
                    packet.sender().port(),
                    packet.sender().host());
        });
        socket.listen(Integer.parseInt(arguments[0]), "127.0.0.1");
    }
}
