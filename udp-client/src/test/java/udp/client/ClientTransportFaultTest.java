package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.InOrder;

/** Results of socket calls that a kernel seldom gives, in the transports of the client. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientTransportFaultTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress(Loopback.IPV4, 5000);
    private static final InetSocketAddress SERVER = new InetSocketAddress(Loopback.IPV4, 7);
    private static final IOException FAILURE = new IOException("Input/output error");

    private final ByteBuffer buffer = ByteBuffer.allocate(100);
    private final DatagramSocket socket = mock(DatagramSocket.class);
    private final DatagramChannel channel = mock(DatagramChannel.class);

    @BeforeEach
    void theSocketsAreConnected() throws IOException {
        when(socket.getLocalSocketAddress()).thenReturn(LOCAL);
        when(socket.getRemoteSocketAddress()).thenReturn(SERVER);
        when(channel.getLocalAddress()).thenReturn(LOCAL);
        when(channel.isOpen()).thenReturn(true);
        when(channel.getRemoteAddress()).thenReturn(SERVER);
    }

    @Test
    void aSocketThatWaitsTooShortWaitsAgain() throws IOException {
        doThrow(new SocketTimeoutException("too early"))
                .doAnswer(call -> {
                    DatagramPacket packet = call.getArgument(0);
                    packet.setLength(0);
                    packet.setSocketAddress(SERVER);
                    return null;
                })
                .when(socket)
                .receive(any(DatagramPacket.class));
        try (SocketClientTransport transport = new SocketClientTransport(socket)) {
            assertEquals(SERVER, transport.receive(buffer, Duration.ofHours(1)));
        }
    }

    @Test
    void aTimeoutOfZeroNeverReachesTheSocket() throws IOException {
        doThrow(new SocketTimeoutException()).when(socket).receive(any(DatagramPacket.class));
        try (SocketClientTransport transport = new SocketClientTransport(socket)) {
            assertNull(transport.receive(buffer, Duration.ZERO));
        }
        verify(socket).setSoTimeout(1); // 0 would wait without a limit.
    }

    @Test
    void aReceiveWithoutALimitRemovesTheLimitOfTheReceiveBefore() throws IOException {
        doThrow(new SocketTimeoutException()).doThrow(FAILURE).when(socket).receive(any(DatagramPacket.class));
        try (SocketClientTransport transport = new SocketClientTransport(socket)) {
            assertNull(transport.receive(buffer, Duration.ZERO));
            assertThrows(IOException.class, () -> transport.receive(buffer));
        }
        InOrder order = inOrder(socket);
        order.verify(socket).setSoTimeout(1);
        order.verify(socket).setSoTimeout(0);
    }

    @Test
    void aChannelThatSendsNothingReportsAFullBuffer() throws IOException {
        when(channel.send(any(), any())).thenReturn(0);
        try (ChannelClientTransport transport = new ChannelClientTransport(channel)) {
            Exception failure = assertThrows(SocketException.class, () -> transport.send(UTF_8.encode("ping"), SERVER));
            assertEquals("the socket's send buffer is full", failure.getMessage());
        }
    }
}
