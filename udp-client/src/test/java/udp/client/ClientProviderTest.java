package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.nio.ByteBuffer;
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
import udp.test.Loopback;

/** The providers of the two transports. The rules of {@link Transport} are tested by its contract. */
@ParameterizedClass(name = "{0}")
@MethodSource("udp.client.TestClients#transports")
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientProviderTest {
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
            assertEquals(peer.address(), transport.receive(buffer));
            assertEquals("ping", UTF_8.decode(buffer.flip()).toString());
            assertEquals(
                    peer.requests().get(0).source().getPort(),
                    transport.localAddress().getPort());
        }
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
        // A loopback address cannot reach another host.
        InetSocketAddress documentation = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 7);
        TransportConfig config = new TransportConfig(new InetSocketAddress(Loopback.IPV4, 0), documentation);
        assertNothingIsLeftOpen(() -> assertThrows(IOException.class, () -> provider.open(config)));
    }

    private static void assertNothingIsLeftOpen(Executable failure) {
        assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean,
                "This computer does not count open files.");
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try {
            failure.execute(); // It loads classes.
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
}
