package udp.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests with sockets that exist only here, on the IPv4 addresses of this host and a port that is really free. */
class SocketBinderTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("0.0.0.0", 0);

    private final List<String> warnings = new ArrayList<>();
    private final List<Socket> bound = new ArrayList<>();
    private final List<Socket> open = new ArrayList<>();
    private SocketBinder.Opener<Socket> refuses = (local, shared) -> null; // or throws
    private final SocketBinder<Socket> binder = new SocketBinder<>(this::open, warnings::add);

    private final class Socket implements Closeable {
        private final InetSocketAddress local;
        private final boolean shared;

        Socket(InetSocketAddress local, boolean shared) {
            this.local = local;
            this.shared = shared;
        }

        InetSocketAddress local() {
            return local;
        }

        @Override
        public void close() {
            open.remove(this);
        }
    }

    private Socket open(InetSocketAddress local, boolean shared) throws IOException {
        refuses.open(local, shared);
        Socket socket = new Socket(local, shared);
        bound.add(socket);
        open.add(socket);
        return socket;
    }

    /** Returns the addresses of this host with the address that Debian gives to its name. */
    private static List<InetSocketAddress> hostAddresses(int port) {
        return Stream.concat(
                        Addresses.ofThisHost(StandardProtocolFamily.INET).stream(),
                        Stream.of(new InetSocketAddress("127.0.1.1", 0).getAddress()))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private static List<InetSocketAddress> addresses(List<Socket> sockets) {
        return sockets.stream().map(Socket::local).toList();
    }

    @BeforeEach
    void assumeAnOrdinaryHost() {
        List<InetAddress> all = Addresses.ofThisHost(StandardProtocolFamily.INET);
        assumeTrue(all.contains(Addresses.loopback(StandardProtocolFamily.INET)), "no loopback");
        assumeTrue(all.size() <= SocketBinder.MAX_ADDRESSES, "too many addresses");
    }

    @Test
    void anAddressIsBoundOnceAndAlone() throws IOException {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 7);
        assertEquals(open, binder.bind(address, 1));
        assertEquals(List.of(address), addresses(bound));
        assertEquals(false, bound.get(0).shared);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theWildcardIsBoundOnceWithAllWorkersOfEachAddressBesideIt(int workers) throws IOException {
        List<Socket> sockets = binder.bind(ANY_PORT, workers);
        int port = sockets.get(0).local.getPort();
        List<InetSocketAddress> expected = new ArrayList<>(List.of(new InetSocketAddress("0.0.0.0", port)));
        hostAddresses(port).forEach(address -> IntStream.range(0, workers).forEach(i -> expected.add(address)));
        assertEquals(expected, addresses(sockets));
        assertEquals(open, sockets);
        assertEquals(sockets, bound);
        assertTrue(bound.stream().allMatch(socket -> socket.shared));
        assertEquals(List.of(), warnings);
    }

    @Test
    void anAddressThatCannotBeBoundIsLeftOutAndNamed() throws IOException {
        refuses = (local, shared) -> {
            if (local.getAddress().isLoopbackAddress()) {
                throw new BindException("Cannot assign requested address");
            }
            return null;
        };
        List<Socket> sockets = binder.bind(ANY_PORT, 1);
        assertEquals(
                hostAddresses(sockets.get(0).local.getPort()).stream()
                        .filter(address -> !address.getAddress().isLoopbackAddress())
                        .toList(),
                addresses(sockets.subList(1, sockets.size())));
        assertEquals(
                List.of("no socket has the address 127.0.0.1 (Cannot assign requested address):"
                        + " a reply to a request that is sent there may leave from another address"),
                warnings); // 127.0.1.1 is an address of some systems only.
    }

    @Test
    void anyOtherFailureLeavesNoneBound() {
        SocketException full = new SocketException("Too many open files");
        refuses = (local, shared) -> {
            if (local.getAddress().isLoopbackAddress()) {
                throw full;
            }
            return null;
        };
        assertSame(full, assertThrows(SocketException.class, () -> binder.bind(ANY_PORT, 1)));
        assertEquals(List.of(), open);
    }

    @Test
    void aSystemThatSharesNoPortsHasASocketForEachAddressOnly() throws IOException {
        refuses = (local, shared) -> {
            if (shared) {
                throw new UnsupportedOperationException();
            }
            return null;
        };
        List<Socket> sockets = binder.bind(ANY_PORT, 1);
        assertEquals(hostAddresses(sockets.get(0).local.getPort()), addresses(sockets));
        assertThrows(UnsupportedOperationException.class, () -> binder.bind(ANY_PORT, 2));
    }

    @Test
    void aPortThatTheSystemChoosesIsChosenAgainIfAnotherProgramGetsItInBetween() throws IOException {
        int[] refusals = {3};
        refuses = (local, shared) -> {
            if (shared && refusals[0]-- > 0) {
                throw new BindException("Address already in use");
            }
            return null;
        };
        int port = binder.bind(ANY_PORT, 1).get(0).local.getPort();
        refusals[0] = 1;
        assertThrows(BindException.class, () -> binder.bind(new InetSocketAddress("0.0.0.0", port), 1));
        refusals[0] = Integer.MAX_VALUE;
        assertThrows(BindException.class, () -> binder.bind(ANY_PORT, 1));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 2", "0.0.0.0, 1"})
    void noOtherProgramGetsThePortBeforeAllAreBound(String host, int workers) throws IOException {
        List<DatagramChannel> opened = new ArrayList<>();
        SocketBinder.Opener<DatagramChannel> real = (local, shared) -> {
            try (DatagramChannel rival = DatagramChannel.open(StandardProtocolFamily.INET)) {
                assertThrows(BindException.class, () -> rival.bind(local));
            }
            DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            opened.add(channel);
            return channel.setOption(StandardSocketOptions.SO_REUSEPORT, true).bind(local);
        };
        try {
            assertEquals(opened, new SocketBinder<>(real, warnings::add).bind(new InetSocketAddress(host, 0), workers));
        } finally {
            SocketBinder.close(opened);
        }
    }

    @Test
    void allAreClosedEvenIfSomeFail() {
        List<IOException> failures = List.of(new IOException("a"), new IOException("b"));
        List<Closeable> sockets = new ArrayList<>();
        for (IOException failure : failures) {
            sockets.add(() -> {
                throw failure;
            });
        }
        Socket last = new Socket(ANY_PORT, false);
        open.add(last);
        sockets.add(last);
        IOException e = assertThrows(IOException.class, () -> SocketBinder.close(sockets));
        assertSame(failures.get(0), e);
        assertEquals(failures.subList(1, 2), List.of(e.getSuppressed()));
        assertEquals(List.of(), open);
    }
}
