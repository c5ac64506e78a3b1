package udp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.withSettings;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.MockSettings;
import org.mockito.MockedStatic;
import org.mockito.invocation.InvocationOnMock;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.internal.net.TimedReceiver;

/** Every call of the two server transports to their sockets, and every way in which it may fail. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerSocketFailureTest {
    private enum Call {
        RECEIVE,
        RECEIVE_IN_TIME,
        SEND;

        InetSocketAddress on(Transport transport, ByteBuffer buffer) throws IOException {
            return switch (this) {
                case RECEIVE -> transport.receive(buffer);
                case RECEIVE_IN_TIME -> transport.receive(buffer, Duration.ZERO);
                case SEND -> {
                    transport.send(buffer, TestTransport.PEER);
                    yield null;
                }
            };
        }
    }

    private static final Set<String> TRANSFERS = Set.of("receive", "send");

    private final DatagramSocket socket = mock(DatagramSocket.class, answering());
    private final DatagramChannel channel = mock(DatagramChannel.class, answering());
    private final ByteBuffer buffer = ByteBuffer.allocate(8).position(3);
    private Set<String> failing = Set.of(); // the calls to the sockets
    private Throwable failure;
    private boolean isOpen = true;

    static List<Throwable> failures() {
        return List.of(
                new SocketException("Operation not permitted"),
                new BindException("Operation not permitted"), // what the JDK makes of EPERM
                new SocketException("No buffer space available"),
                new SocketException("Network is unreachable"),
                new SocketException("Message too long"),
                new SocketException("Cannot allocate memory"),
                new NoRouteToHostException("No route to host"),
                new PortUnreachableException(),
                new ProtocolException("Protocol error"),
                new IOException("Input/output error"),
                new SecurityException("access denied"),
                new IllegalBlockingModeException(),
                new UnresolvedAddressException(),
                new UnsupportedOperationException(),
                new OutOfMemoryError("Cannot reserve 65527 bytes of direct buffer memory"),
                new StackOverflowError(),
                new InternalError("a fault occurred in an unsafe memory access operation"));
    }

    static Stream<Arguments> failedCalls() {
        return calls(failures());
    }

    @ParameterizedTest
    @MethodSource("failedCalls")
    void aFailureComesOutAndCostsNothing(String transport, Call call, Throwable thrown) throws IOException {
        try (Transport tested = transport(transport)) {
            fail(TRANSFERS, thrown);
            assertSame(thrown, assertThrows(Throwable.class, () -> call.on(tested, buffer)));
            assertEquals(3, buffer.position());
            fail(Set.of(), null);
            assertEquals(call == Call.SEND ? null : TestTransport.PEER, call.on(tested, buffer));
        }
    }

    static Stream<Arguments> callsThatFindTheSocketClosed() {
        return calls(List.of(
                new SocketException("Socket closed"),
                new SocketTimeoutException("Receive timed out"),
                new ClosedChannelException(),
                new AsynchronousCloseException(),
                new ClosedByInterruptException(),
                new PortUnreachableException(),
                new IllegalStateException(),
                new UnsupportedAddressTypeException()));
    }

    /** Rules 3.2 and 3.3. */
    @ParameterizedTest
    @MethodSource("callsThatFindTheSocketClosed")
    void whateverAClosedSocketThrowsIsAClosedChannel(String transport, Call call, Throwable thrown) throws IOException {
        try (Transport tested = transport(transport)) {
            fail(TRANSFERS, thrown);
            isOpen = false;
            if (transport.equals("socket")
                    && thrown instanceof SocketTimeoutException
                    && call == Call.RECEIVE_IN_TIME) {
                assertNull(call.on(tested, buffer)); // it came before the close
            } else {
                assertThrows(ClosedChannelException.class, () -> call.on(tested, buffer));
            }
            assertEquals(3, buffer.position());
        }
    }

    static Stream<Arguments> failedPreparations() {
        return Stream.of(Arguments.of("socket", "setSoTimeout"), Arguments.of("channel", "configureBlocking"))
                .flatMap(call -> failures().stream().map(thrown -> Arguments.of(call.get()[0], call.get()[1], thrown)));
    }

    @ParameterizedTest
    @MethodSource("failedPreparations")
    void aWaitThatCannotBeLimitedIsNotBegun(String transport, String call, Throwable thrown) throws IOException {
        try (Transport tested = transport(transport)) {
            fail(Set.of(call), thrown);
            assertSame(thrown, assertThrows(Throwable.class, () -> tested.receive(buffer, Duration.ofHours(1))));
            assertEquals(3, buffer.position());
        }
    }

    /** Rule 2.5. */
    @ParameterizedTest
    @MethodSource("calls")
    void anAddressThatTheSocketDoesNotSpeakIsAnIoFailure(String transport, Call call) throws IOException {
        try (Transport tested = transport(transport)) {
            fail(TRANSFERS, new UnsupportedAddressTypeException());
            assertThrows(SocketException.class, () -> call.on(tested, buffer));
        }
    }

    static Stream<Arguments> calls() {
        return Stream.of("socket", "channel")
                .flatMap(name -> Stream.of(Call.values()).map(call -> Arguments.of(name, call)));
    }

    static Stream<Arguments> failedOpenings() {
        return Stream.of(
                        "socket socket",
                        "socket setBroadcast",
                        "socket setOption",
                        "socket bind",
                        "socket getLocalSocketAddress",
                        "channel setOption",
                        "channel bind",
                        "channel getLocalAddress")
                .map(call -> call.split(" "))
                .flatMap(call -> Stream.concat(
                                failures().stream(),
                                Stream.of(
                                        new BindException("Address already in use"),
                                        new BindException("Cannot assign requested address"),
                                        new SocketException("Permission denied"),
                                        new ClosedChannelException(),
                                        new AlreadyBoundException()))
                        .map(thrown -> Arguments.of(call[0], call[1], thrown)));
    }

    @ParameterizedTest
    @MethodSource("failedOpenings")
    void aFailureToOpenLeavesNothingOpen(String transport, String call, Throwable thrown) throws IOException {
        TransportConfig config = new TransportConfig(TestTransport.LOCAL, null, true);
        fail(Set.of(call), thrown);
        try (MockedStatic<TimedReceiver> opening = mockStatic(TimedReceiver.class)) {
            opening.when(() -> TimedReceiver.openChannel(any())).thenReturn(channel);
            assertSame(thrown, assertThrows(Throwable.class, () -> {
                Transport opened = transport.equals("socket")
                        ? SocketServerTransport.bind(config)
                        : ChannelServerTransport.bind(config);
                opened.close();
            }));
        }
        assertFalse(isOpen);
    }

    private MockSettings answering() {
        return withSettings().stubOnly().defaultAnswer(this::answer); // what is called need not be remembered
    }

    private static Stream<Arguments> calls(List<Throwable> thrown) {
        return calls().flatMap(call -> thrown.stream().map(each -> Arguments.of(call.get()[0], call.get()[1], each)));
    }

    private Transport transport(String name) throws IOException {
        return name.equals("socket") ? new SocketServerTransport(socket) : new ChannelServerTransport(channel);
    }

    private void fail(Set<String> calls, Throwable thrown) {
        failing = calls;
        failure = thrown;
    }

    /** What the sockets do: send everything, receive an empty datagram, unless the call is to fail. */
    private Object answer(InvocationOnMock call) throws Throwable {
        String name = call.getMethod().getName();
        if (failing.contains(name)) {
            throw failure;
        }
        return switch (name) {
            case "socket" -> socket;
            case "close" -> {
                isOpen = false;
                yield null;
            }
            case "isOpen" -> isOpen;
            case "isClosed" -> !isOpen;
            case "getLocalAddress", "getLocalSocketAddress" -> TestTransport.LOCAL;
            case "receive" ->
                call.getArgument(0) instanceof DatagramPacket packet ? receive(packet) : TestTransport.PEER;
            case "send" -> call.getArgument(0) instanceof ByteBuffer datagram ? send(datagram) : null;
            default -> RETURNS_SELF.answer(call);
        };
    }

    private static Object receive(DatagramPacket packet) {
        packet.setLength(0);
        packet.setSocketAddress(TestTransport.PEER);
        return null;
    }

    private static int send(ByteBuffer datagram) {
        int length = datagram.remaining();
        datagram.position(datagram.limit());
        return length;
    }
}
