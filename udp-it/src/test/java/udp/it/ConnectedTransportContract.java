package udp.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/** The numbered rules of {@link Transport}, for one that is connected to its peer. */
abstract class ConnectedTransportContract extends TransportContract {
    ConnectedTransportContract(TransportProvider provider, InetAddress loopback) {
        super(provider, loopback);
    }

    @Override
    TransportConfig config() {
        return TransportConfig.connect(peerAddress);
    }

    @Test
    void rule_1_5_strangersDoNotExtendTheTime() throws Exception {
        try (DatagramSocket stranger = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            FutureTask<InetSocketAddress> receive =
                    inThread(() -> transport.receive(ByteBuffer.allocate(10), Duration.ofMillis(200)));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
            while (!receive.isDone() && System.nanoTime() < end) {
                stranger.send(new DatagramPacket(new byte[1], 1, transport.localAddress()));
            }
            assertTrue(receive.isDone());
            assertNull(receive.get());
        }
    }

    @Test
    void rule_1_6_receivesFromItsPeerAlone() throws IOException {
        try (DatagramSocket stranger = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            stranger.send(new DatagramPacket("lie".getBytes(), 3, transport.localAddress()));
            peerSends("truth".getBytes());
            ByteBuffer buffer = ByteBuffer.allocate(10);
            assertEquals(peerAddress, transport.receive(buffer, LONG));
            assertArrayEquals("truth".getBytes(), slice(buffer, 0, buffer.position()));
        }
    }

    @Test
    void rule_1_6_reportsAClosedPortAndStaysUsable() throws IOException {
        peer.close();
        transport.send(ByteBuffer.allocate(1), peerAddress);
        assertThrows(PortUnreachableException.class, () -> transport.receive(ByteBuffer.allocate(10), LONG));
        peer = new DatagramSocket(peerAddress);
        peer.setSoTimeout((int) LONG.toMillis());
        rule_2_1_consumesTheWholeBuffer();
    }

    /** What the JDK cannot send it must not pretend to have sent. */
    @Override
    @Test
    void rule_2_3_anEmptyDatagramIsSentOrRefused() {
        assertThrows(IOException.class, () -> transport.send(ByteBuffer.allocate(0), peerAddress));
    }

    @Test
    void rule_2_4_refusesAnotherDestination() throws IOException {
        InetSocketAddress other = new InetSocketAddress(loopback, peerAddress.getPort() ^ 1);
        assertThrows(IllegalArgumentException.class, () -> transport.send(ByteBuffer.allocate(1), other));
        rule_2_1_consumesTheWholeBuffer();
    }

    @Override
    @Test
    void rule_2_5_refusesAFamilyThatTheSocketDoesNotSpeakAndGoesOn() throws IOException {
        boolean is6 = loopback.getAddress().length == 16;
        InetSocketAddress foreign = new InetSocketAddress(is6 ? "127.0.0.1" : "::1", peerAddress.getPort());
        assertThrows(IllegalArgumentException.class, () -> transport.send(ByteBuffer.allocate(1), foreign));
        rule_2_1_consumesTheWholeBuffer();
    }

    /** A connected transport refuses any other destination, whatever is wrong with it (rule 2.4). */
    @Override
    @Test
    void rule_2_5_refusesPort0AndGoesOn() throws IOException {
        InetSocketAddress nowhere = new InetSocketAddress(loopback, 0);
        assertThrows(IllegalArgumentException.class, () -> transport.send(ByteBuffer.allocate(1), nowhere));
        rule_2_1_consumesTheWholeBuffer();
    }
}
