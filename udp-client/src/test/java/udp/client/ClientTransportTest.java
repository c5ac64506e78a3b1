package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.internal.net.Addresses;
import udp.test.Loopback;

@ParameterizedClass(name = "{0}")
@MethodSource("udp.client.TestClients#transports")
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientTransportTest {
    private static final Duration LIMIT = Duration.ofSeconds(8);

    @Parameter
    private TransportProvider provider;

    private final ByteBuffer buffer = ByteBuffer.allocate(100);

    @Test
    void theProviderIsForClients() {
        assertEquals(Role.CLIENT, provider.role());
    }

    @Test
    void aDatagramGoesThereAndBack() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Transport transport = provider.open(TransportConfig.connect(peer.address()))) {
            transport.send(UTF_8.encode("ping"), peer.address());
            assertEquals(peer.address(), transport.receive(buffer, LIMIT));
            assertEquals("ping", UTF_8.decode(buffer.flip()).toString());
        }
    }

    @Test
    void aReplyIsReceivedWithoutALimitToo() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Transport transport = provider.open(TransportConfig.connect(peer.address()))) {
            transport.send(UTF_8.encode("ping"), peer.address());
            assertEquals(peer.address(), transport.receive(buffer));
            assertEquals("ping", UTF_8.decode(buffer.flip()).toString());
        }
    }

    @Test
    void sendingMovesThePositionToTheLimit() throws IOException {
        ByteBuffer ping = UTF_8.encode("ping");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Transport transport = provider.open(TransportConfig.connect(peer.address()))) {
            transport.send(ping, peer.address());
        }
        assertEquals(ping.limit(), ping.position());
    }

    @Test
    void nothingIsReceivedFromASilentPeer() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Transport transport = provider.open(TransportConfig.connect(peer.address()))) {
            assertNull(transport.receive(buffer, Duration.ofMillis(10)));
        }
    }

    @Test
    void aZeroLimitIsNotForever() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Transport transport = provider.open(TransportConfig.connect(peer.address()))) {
            assertNull(transport.receive(buffer, Duration.ZERO));
        }
    }

    @Test
    void aClosedPortIsReportedByReceive() throws IOException {
        try (RefusingPort port = new RefusingPort();
                Transport transport = provider.open(TransportConfig.connect(port.address()))) {
            transport.send(UTF_8.encode("ping"), port.address());
            assertThrows(PortUnreachableException.class, () -> transport.receive(buffer, LIMIT));
        }
    }

    @Test
    void theLocalPortIsTheOneThePeerSees() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Transport transport = provider.open(TransportConfig.connect(peer.address()))) {
            transport.send(UTF_8.encode("ping"), peer.address());
            assertEquals(
                    peer.requests().get(0).source().getPort(),
                    transport.localAddress().getPort());
        }
    }

    @Test
    void aTransportWithoutAPeerTalksToAnyone() throws IOException {
        InetSocketAddress wildcard = Addresses.wildcard(StandardProtocolFamily.INET, 0);
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Transport transport = provider.open(TransportConfig.bind(wildcard))) {
            transport.send(ByteBuffer.allocate(0), peer.address());
            assertEquals(peer.address(), transport.receive(buffer, LIMIT));
        }
    }

    @Test
    void closingWakesAReceiver() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Transport transport = provider.open(TransportConfig.connect(peer.address()))) {
            FutureTask<InetSocketAddress> receiver = new FutureTask<>(() -> transport.receive(buffer));
            Thread thread = new Thread(receiver);
            thread.setDaemon(true);
            thread.start();
            while (!isInTheKernel(thread)) {
                Thread.onSpinWait();
            }
            closeNow(transport);
            assertInstanceOf(
                    ClosedChannelException.class,
                    assertThrows(ExecutionException.class, receiver::get).getCause());
        }
    }

    @Test
    void aPortIsFreeAfterClosing() throws IOException {
        int port;
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE)) {
            Transport transport = provider.open(TransportConfig.connect(peer.address()));
            port = transport.localAddress().getPort();
            transport.close();
        }
        assertFree(port);
    }

    @Test
    void nothingIsLeftOpenWhenTheLocalPortIsTaken() throws IOException {
        try (DatagramSocket taken = Loopback.socket(Loopback.IPV4)) {
            InetSocketAddress local = (InetSocketAddress) taken.getLocalSocketAddress();
            TransportConfig config = new TransportConfig(local, new InetSocketAddress(Loopback.IPV4, 7));
            assertNothingIsLeftOpen(() -> assertThrows(BindException.class, () -> provider.open(config)));
        }
    }

    @Test
    void nothingIsLeftOpenWhenThePeerCannotBeConnectedTo() throws IOException {
        // from a loopback address no other host can be reached
        InetSocketAddress documentation = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 7);
        TransportConfig config = new TransportConfig(new InetSocketAddress(Loopback.IPV4, 0), documentation);
        assertNothingIsLeftOpen(() -> assertThrows(IOException.class, () -> provider.open(config)));
    }

    private static void assertNothingIsLeftOpen(Executable failure) {
        assumeTrue(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean);
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try {
            failure.execute(); // loads classes
            long before = system.getOpenFileDescriptorCount();
            for (int i = 0; i < 100; i++) {
                failure.execute();
            }
            long left = system.getOpenFileDescriptorCount() - before;
            assertTrue(left < 50, left + " descriptors more after 100 failures");
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void assertFree(int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(port)) {
            assertTrue(socket.isBound());
        }
    }

    private static boolean isInTheKernel(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(
                        frame -> frame.isNativeMethod() && frame.getClassName().startsWith("sun.nio.ch."));
    }

    private static void closeNow(Transport transport) throws IOException {
        transport.close();
    }
}
