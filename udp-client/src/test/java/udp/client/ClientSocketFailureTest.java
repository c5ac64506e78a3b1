package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.test.SocketFailures;

class ClientSocketFailureTest extends SocketFailures {
    static Stream<Arguments> openings() {
        return openings(
                "socket socket",
                "socket bind",
                "socket connect",
                "socket getLocalSocketAddress",
                "socket getRemoteSocketAddress",
                "channel configureBlocking",
                "channel bind",
                "channel connect",
                "channel getLocalAddress",
                "channel getRemoteAddress");
    }

    @Override
    protected Transport over(DatagramSocket open) {
        return new SocketClientTransport(open);
    }

    @Override
    protected Transport over(DatagramChannel open) throws IOException {
        return new ChannelClientTransport(open);
    }

    @Override
    protected Transport open(String transport) throws IOException {
        TransportConfig config = TransportConfig.connect(PEER);
        return transport.equals("socket")
                ? SocketClientTransport.connect(config)
                : ChannelClientTransport.connect(config);
    }

    /** Rule 2.1: until its first wait, the channel is non-blocking. */
    @Test
    void aFullSendBufferIsAFailure() throws IOException {
        DatagramChannel full = mock(DatagramChannel.class);
        when(full.getLocalAddress()).thenReturn(LOCAL);
        when(full.isOpen()).thenReturn(true);
        try (Transport tested = over(full)) {
            ByteBuffer datagram = ByteBuffer.allocate(1);
            SocketException e = assertThrows(SocketException.class, () -> tested.send(datagram, PEER));
            assertEquals("the socket's send buffer is full", e.getMessage());
        }
    }
}
