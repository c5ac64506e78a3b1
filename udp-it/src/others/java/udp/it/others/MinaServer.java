package udp.it.others;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioDatagramAcceptor;
import udp.internal.net.Addresses;
import udp.server.processor.UpperProcessor;

/** A server with MINA that has our processor and our buffer sizes. */
final class MinaServer {
    private static final int BUFFER_BYTES = 4 << 20;

    private MinaServer() {}

    public static void main(String[] arguments) throws IOException {
        NioDatagramAcceptor acceptor = new NioDatagramAcceptor();
        acceptor.getSessionConfig().setReceiveBufferSize(BUFFER_BYTES);
        acceptor.getSessionConfig().setSendBufferSize(BUFFER_BYTES);
        acceptor.getSessionConfig().setReadBufferSize(Addresses.MAX_PAYLOAD);
        acceptor.setHandler(new Upper());
        acceptor.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
    }

    private static final class Upper extends IoHandlerAdapter {
        private final UpperProcessor processor = new UpperProcessor();

        @Override
        public void messageReceived(IoSession session, Object message) {
            ByteBuffer request = ((IoBuffer) message).buf();
            IoBuffer reply = IoBuffer.allocate(request.remaining());
            processor.process(request, reply.buf(), (InetSocketAddress) session.getRemoteAddress());
            session.write(reply.flip());
        }
    }
}
