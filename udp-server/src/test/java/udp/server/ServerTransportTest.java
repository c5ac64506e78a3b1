package udp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.test.Background;
import udp.test.Loopback;

/** What the two server transports do with their sockets; the rest is the conformance kit's. */
@Timeout(
        value = 20,
        threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // An interrupt does not end a DatagramSocket's wait.
class ServerTransportTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ByteBuffer buffer = ByteBuffer.allocate(64);

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aPortInUseIsRefusedAndLaterFree(String name) throws IOException {
        TransportProvider provider = Providers.transport(Role.SERVER, name);
        InetSocketAddress address;
        try (Transport holder = TestServer.bind(name, "127.0.0.1")) {
            address = holder.localAddress();
            TransportConfig config = TransportConfig.bind(address);
            assertThrows(SocketException.class, () -> provider.open(config).close());
        }
        new DatagramSocket(address).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aFailedBindLeavesNoDescriptorOpen(String name) throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "only Linux shows descriptors");
        TransportProvider provider = Providers.transport(Role.SERVER, name);
        try (Transport holder = TestServer.bind(name, "127.0.0.1")) {
            TransportConfig config = TransportConfig.bind(holder.localAddress());
            assertThrows(SocketException.class, () -> provider.open(config).close()); // It loads classes.
            long before = descriptors();
            for (int i = 0; i < 100; i++) {
                assertThrows(SocketException.class, () -> provider.open(config).close());
            }
            assertTrue(descriptors() < before + 50, "from " + before + " to " + descriptors());
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void anAddressThatIsNotOursIsRefused(String name) {
        assertThrows(
                SocketException.class, () -> TestServer.bind(name, "192.0.2.1").close());
    }

    @ParameterizedTest
    @CsvSource({
        "channel, 127.0.0.1", "channel, ::1", "channel, 0.0.0.0", "channel, ::",
        "socket,  127.0.0.1", "socket,  ::1", "socket,  0.0.0.0", "socket,  ::"
    })
    void theLocalAddressIsTheOneAskedForWithTheRealPort(String name, String host) throws IOException {
        try (Transport transport = TestServer.bind(name, host)) {
            InetSocketAddress local = transport.localAddress();
            assertTrue(local.getPort() > 0);
            assertEquals(new InetSocketAddress(host, local.getPort()), local);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void bindingToAllOfIpv4LeavesThePortFreeInIpv6(String name) throws IOException {
        try (Transport transport = TestServer.bind(name, "0.0.0.0")) {
            int port = transport.localAddress().getPort();
            new DatagramSocket(new InetSocketAddress(Loopback.assumed("::1"), port)).close();
        }
    }

    @ParameterizedTest
    @CsvSource({"channel, false", "channel, true", "socket, false", "socket, true"})
    void aDatagramIsReceivedWithItsSender(String name, boolean limited) throws IOException {
        try (Transport transport = TestServer.bind(name, "127.0.0.1");
                TestClient client = new TestClient(transport.localAddress())) {
            client.send("hello");
            buffer.position(3);
            assertEquals(client.address(), limited ? transport.receive(buffer, LONG) : transport.receive(buffer));
            assertEquals(64, buffer.limit());
            assertEquals("hello", UTF_8.decode(buffer.flip().position(3)).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aLimitOnOneReceiveIsNoneOnTheNext(String name) throws Exception {
        try (Transport transport = TestServer.bind(name, "127.0.0.1");
                TestClient client = new TestClient(transport.localAddress())) {
            assertNull(transport.receive(buffer, Duration.ZERO));
            assertNull(transport.receive(buffer, Duration.ofMillis(1)));
            CountDownLatch started = new CountDownLatch(1);
            Background<InetSocketAddress> receiving = Background.start(() -> {
                started.countDown();
                return transport.receive(buffer);
            });
            started.await();
            long start = System.nanoTime();
            while (System.nanoTime() - start < 50_000_000 && receiving.thread.isAlive()) {
                Thread.onSpinWait(); // longer than the limit of the receive before
            }
            client.send("late");
            assertEquals(client.address(), receiving.result());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void everyKindOfBufferIsSent(String name) throws IOException {
        try (Transport transport = TestServer.bind(name, "127.0.0.1");
                TestClient client = new TestClient(transport.localAddress())) {
            ByteBuffer heap = ByteBuffer.wrap("01234567".getBytes(UTF_8));
            ByteBuffer direct = ByteBuffer.allocateDirect(8).put(heap.duplicate());
            for (ByteBuffer kind :
                    new ByteBuffer[] {heap, heap.asReadOnlyBuffer(), direct, direct.asReadOnlyBuffer()}) {
                ByteBuffer datagram = kind.position(1).slice().position(1).limit(5);
                transport.send(datagram, client.address());
                assertEquals("2345", client.receive());
                assertEquals(5, datagram.position());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void whatIsTooLargeIsRefusedAndTheTransportUsable(String name) throws IOException {
        try (Transport transport = TestServer.bind(name, "127.0.0.1");
                TestClient client = new TestClient(transport.localAddress())) {
            ByteBuffer tooLarge = ByteBuffer.allocate(65_508);
            assertThrows(IOException.class, () -> transport.send(tooLarge, client.address()));
            assertEquals(0, tooLarge.position());
            transport.send(ByteBuffer.wrap(new byte[] {'a'}), client.address());
            assertEquals("a", client.receive());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void theOtherAddressFamilyIsRefused(String name) throws IOException {
        try (Transport transport = TestServer.bind(name, "127.0.0.1")) {
            assertThrows(IOException.class, () -> transport.send(buffer, new InetSocketAddress("::1", 9)));
        }
    }

    @ParameterizedTest
    @CsvSource({"channel, false", "channel, true", "socket, false", "socket, true"})
    void closingWakesAReceiverAndFreesThePort(String name, boolean limited) throws Exception {
        Transport transport = TestServer.bind(name, "127.0.0.1");
        CountDownLatch started = new CountDownLatch(1);
        Background<InetSocketAddress> receiving = Background.start(() -> {
            started.countDown();
            return limited ? transport.receive(buffer, LONG) : transport.receive(buffer);
        });
        started.await();
        transport.close();
        new DatagramSocket(transport.localAddress()).close();
        assertThrows(ClosedChannelException.class, receiving::result);
        assertThrows(ClosedChannelException.class, () -> transport.send(buffer, transport.localAddress()));
    }
}
