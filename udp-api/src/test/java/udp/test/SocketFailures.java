package udp.test;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.MockSettings;
import org.mockito.MockedStatic;
import org.mockito.invocation.InvocationOnMock;
import udp.api.Transport;
import udp.internal.net.TimedReceiver;

/**
 * The tests of what two transports, {@code socket} and {@code channel}, make of each failure of each call to their sockets.
 * A subclass has a static method {@code openings} with the calls that open a transport.
 */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SocketFailures {
    protected static final InetSocketAddress LOCAL = ScriptedTransport.LOCAL;
    protected static final InetSocketAddress PEER = ScriptedTransport.PEER;

    private static final Set<String> TRANSFERS = Set.of("receive", "send");

    private enum Call {
        RECEIVE,
        RECEIVE_IN_TIME,
        SEND;

        InetSocketAddress on(Transport transport, ByteBuffer buffer) throws IOException {
            return switch (this) {
                case RECEIVE -> transport.receive(buffer);
                case RECEIVE_IN_TIME -> transport.receive(buffer, Duration.ZERO);
                case SEND -> {
                    transport.send(buffer, PEER);
                    yield null;
                }
            };
        }
    }

    private final DatagramSocket socket = mock(DatagramSocket.class, simulating());
    private final DatagramChannel channel = mock(DatagramChannel.class, simulating());
    private final ByteBuffer buffer = ByteBuffer.allocate(8).position(3);
    private Set<String> failing = Set.of(); // the calls to the sockets
    private Throwable failure;
    private boolean isOpen = true;
    private int limit;

    /** Returns a transport over a socket that is bound and, at a client, connected. */
    protected abstract Transport over(DatagramSocket open) throws IOException;

    protected abstract Transport over(DatagramChannel open) throws IOException;

    /** Opens a transport, on a channel of {@code TimedReceiver.openChannel}. */
    protected abstract Transport open(String transport) throws IOException;

    /** Returns what a socket throws, or the code around it. */
    public static List<Throwable> all() {
        return List.of(
                new SocketException("Operation not permitted"),
                new BindException("Operation not permitted"), // The JDK makes it of EPERM.
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
        return with(all(), calls());
    }

    @ParameterizedTest
    @MethodSource("failedCalls")
    void aFailureIsThrownAndChangesNothing(String transport, Call call, Throwable thrown) throws IOException {
        try (Transport tested = transport(transport)) {
            fail(TRANSFERS, thrown);
            assertSame(thrown, assertThrows(Throwable.class, () -> call.on(tested, buffer)));
            assertEquals(3, buffer.position());
            fail(Set.of(), null);
            assertEquals(call == Call.SEND ? null : PEER, call.on(tested, buffer));
        }
    }

    static Stream<Arguments> callsThatFindTheSocketClosed() {
        return with(
                List.of(
                        new SocketException("Socket closed"),
                        new SocketTimeoutException("Receive timed out"),
                        new ClosedChannelException(),
                        new AsynchronousCloseException(),
                        new ClosedByInterruptException(),
                        new PortUnreachableException(),
                        new IllegalStateException(),
                        new UnsupportedAddressTypeException()),
                calls());
    }

    /** Rules 3.2 and 3.3. */
    @ParameterizedTest
    @MethodSource("callsThatFindTheSocketClosed")
    void whateverAClosedSocketThrowsIsAClosedChannel(String transport, Call call, Throwable thrown) throws IOException {
        try (Transport tested = transport(transport)) {
            fail(TRANSFERS, thrown);
            isOpen = false;
            if (thrown instanceof SocketTimeoutException && call == Call.RECEIVE_IN_TIME) {
                assertNull(call.on(tested, buffer)); // The time was over before the socket was closed.
            } else {
                assertThrows(ClosedChannelException.class, () -> call.on(tested, buffer));
            }
            assertEquals(3, buffer.position());
        }
    }

    static Stream<Arguments> failedLimits() {
        return with(all(), Stream.of(Arguments.of("socket", "setSoTimeout"), Arguments.of("channel", "setSoTimeout")));
    }

    @ParameterizedTest
    @MethodSource("failedLimits")
    void aWaitThatCannotBeLimitedDoesNotBegin(String transport, String call, Throwable thrown) throws IOException {
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

    /** Returns the arguments of each failure of each call, such as {@code socket bind}. */
    protected static Stream<Arguments> openings(String... calls) {
        Stream<Throwable> alone = Stream.of(
                new BindException("Address already in use"),
                new BindException("Cannot assign requested address"),
                new SocketException("Permission denied"),
                new ClosedChannelException(),
                new AlreadyBoundException());
        return with(
                Stream.concat(all().stream(), alone).toList(),
                Stream.of(calls).map(call -> Arguments.of((Object[]) call.split(" "))));
    }

    @ParameterizedTest
    @MethodSource("openings")
    void aFailureToOpenLeavesNothingOpen(String transport, String call, Throwable thrown) {
        fail(Set.of(call), thrown);
        try (MockedStatic<TimedReceiver> opening = mockStatic(TimedReceiver.class)) {
            opening.when(() -> TimedReceiver.openChannel(any())).thenReturn(channel);
            assertSame(
                    thrown, assertThrows(Throwable.class, () -> open(transport).close()));
        }
        assertFalse(isOpen);
    }

    /** Rule 1.4: to a DatagramSocket 0 means no limit. */
    @Test
    void eachReceiveOfASocketSetsItsLimit() throws IOException {
        try (Transport tested = over(socket)) {
            tested.receive(buffer, Duration.ZERO);
            assertEquals(1, limit);
            tested.receive(buffer);
            assertEquals(0, limit);
        }
    }

    private MockSettings simulating() {
        return withSettings().stubOnly().defaultAnswer(this::simulate); // The calls need not be remembered.
    }

    private static Stream<Arguments> with(List<Throwable> failures, Stream<Arguments> calls) {
        return calls.flatMap(call -> failures.stream().map(each -> Arguments.of(call.get()[0], call.get()[1], each)));
    }

    private Transport transport(String name) throws IOException {
        return name.equals("socket") ? over(socket) : over(channel);
    }

    private void fail(Set<String> calls, Throwable thrown) {
        failing = calls;
        failure = thrown;
    }

    /** Does what sockets do: they send everything and receive an empty datagram, unless the call is to fail. */
    private Object simulate(InvocationOnMock call) throws Throwable {
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
            case "isBlocking" -> true;
            case "isClosed" -> !isOpen;
            case "getLocalAddress", "getLocalSocketAddress" -> LOCAL;
            case "getRemoteAddress", "getRemoteSocketAddress" -> PEER;
            case "setSoTimeout" -> {
                limit = call.getArgument(0);
                yield null;
            }
            case "receive" -> call.getArgument(0) instanceof DatagramPacket packet ? receive(packet) : PEER;
            case "send" -> call.getArgument(0) instanceof ByteBuffer datagram ? send(datagram) : null;
            default -> RETURNS_SELF.answer(call);
        };
    }

    private static Object receive(DatagramPacket packet) {
        packet.setLength(0);
        packet.setSocketAddress(PEER);
        return null;
    }

    private static int send(ByteBuffer datagram) {
        int length = datagram.remaining();
        datagram.position(datagram.limit());
        return length;
    }
}
