package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.client.Loopback.HASTY;
import static udp.client.Loopback.PATIENT;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a kernel reports seldom, or only at the wrong moment. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExchangeFaultTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(Loopback.IPV4, 7);
    private static final InetSocketAddress STRANGER = new InetSocketAddress(Loopback.IPV4, 8);

    private final FakeTransport transport = new FakeTransport(5000);
    private final ByteBuffer reply = ByteBuffer.allocate(100);

    @Test
    void aSendThatReportsAnEarlierRefusalIsRepeated() throws IOException {
        transport.sendFailures.add(new PortUnreachableException());
        transport.receiving("pong", SERVER);
        try (Exchange exchange = exchange(PATIENT)) {
            assertEquals("pong", run(exchange));
            assertEquals(List.of("ping"), transport.sent);
        }
    }

    @Test
    void aSendThatReportsARefusalTwiceIsNotRepeatedInTheSameTry() throws IOException {
        transport.sendFailures.addAll(Collections.nCopies(100, new PortUnreachableException()));
        try (Exchange exchange = exchange(HASTY)) {
            assertThrows(PortUnreachableException.class, () -> run(exchange));
            assertEquals(2 * HASTY.tries(), transport.sends);
        }
    }

    @Test
    void aReplyAfterAReportOfAClosedPortIsTaken() throws IOException {
        transport.failing(new PortUnreachableException()).receiving("pong", SERVER);
        try (Exchange exchange = exchange(PATIENT)) {
            assertEquals("pong", run(exchange));
        }
    }

    @Test
    void aReplyAfterManyReportsOfAClosedPortIsTaken() throws IOException {
        for (int i = 0; i < 20; i++) {
            transport.failing(new PortUnreachableException());
        }
        transport.receiving("pong", SERVER);
        try (Exchange exchange = exchange(PATIENT)) {
            assertEquals("pong", run(exchange));
        }
    }

    @Test
    void aDatagramOfAStrangerIsNotLeftInTheReply() throws IOException {
        transport.receiving("a long forged reply", STRANGER).receiving("pong", SERVER);
        try (Exchange exchange = exchange(PATIENT)) {
            assertEquals("pong", run(exchange));
        }
    }

    @Test
    void triesWithoutAReportAfterARefusalAreSilence() throws IOException {
        transport.failing(new PortUnreachableException());
        try (Exchange exchange = exchange(HASTY)) {
            assertThrows(SocketTimeoutException.class, () -> run(exchange));
        }
    }

    @Test
    void aFailureOfEveryTryIsNamed() throws IOException {
        transport.sendFailures.addAll(Collections.nCopies(3, new SocketException("Network is unreachable")));
        try (Exchange exchange = exchange(HASTY)) {
            IOException failure = assertThrows(NoRouteToHostException.class, () -> run(exchange));
            assertEquals(
                    "server:7 cannot be reached: Network is unreachable; check the address and this host's network",
                    failure.getMessage());
        }
    }

    @Test
    void aFailureWithoutAMessageIsNamedByItsKind() throws IOException {
        transport.sendFailures.addAll(Collections.nCopies(3, new SocketException()));
        try (Exchange exchange = exchange(HASTY)) {
            String message = assertThrows(NoRouteToHostException.class, () -> run(exchange))
                    .getMessage();
            assertTrue(message.contains("SocketException; "), message);
        }
    }

    @Test
    void aRefusalIsToldRatherThanWhatTheNetworkSaysOfAnotherAddress() throws IOException {
        FakeTransport other = new FakeTransport(5001).failing(new PortUnreachableException());
        transport.sendFailures.add(new SocketException("Network is unreachable"));
        InetSocketAddress otherServer = new InetSocketAddress(Loopback.IPV4, 9);
        try (Exchange exchange = new Exchange(
                Loopback.NAME,
                List.of(otherServer, SERVER),
                server -> server.equals(SERVER) ? transport : other,
                new RetryPolicy(Duration.ofMillis(10), 1),
                reason -> {})) {
            assertThrows(PortUnreachableException.class, () -> run(exchange));
        }
    }

    @Test
    void aSendThatIsForbiddenIsNoLackOfAPort() throws IOException {
        // what the JDK makes of EPERM, as a firewall of this host has it returned
        transport.sendFailures.addAll(Collections.nCopies(3, new BindException("Operation not permitted")));
        try (Exchange exchange = exchange(HASTY)) {
            String message = assertThrows(NoRouteToHostException.class, () -> run(exchange))
                    .getMessage();
            assertTrue(message.startsWith("server:7 cannot be reached: Operation not permitted; "), message);
        }
    }

    @Test
    void theTransportIsClosedWithTheExchange() throws IOException {
        transport.receiving("pong", SERVER);
        try (Exchange exchange = exchange(PATIENT)) {
            run(exchange);
        }
        assertTrue(transport.closed);
    }

    @Test
    void aClosedExchangeOpensNothing() throws IOException {
        try (Exchange exchange = exchange(PATIENT)) {
            close(exchange);
            assertThrows(ClosedChannelException.class, () -> run(exchange));
            assertEquals(0, transport.sends);
        }
    }

    @Test
    void closingWhileARefusalIsReceivedEndsTheExchangeAsClosed() throws IOException {
        try (Exchange exchange = exchange(PATIENT)) {
            transport.receptions.add(buffer -> {
                close(exchange); // another thread would
                throw new PortUnreachableException();
            });
            assertThrows(ClosedChannelException.class, () -> run(exchange));
        }
    }

    @Test
    void closingWhileAStrangersDatagramIsReceivedEndsTheExchangeAsClosed() throws IOException {
        try (Exchange exchange = exchange(PATIENT)) {
            transport.receptions.add(buffer -> {
                close(exchange); // another thread would
                return STRANGER;
            });
            assertThrows(ClosedChannelException.class, () -> run(exchange));
        }
    }

    @Test
    void closingWhileTheExchangeWaitsInSpiteOfARefusalEndsItAsClosed() throws IOException {
        try (Exchange exchange = exchange(PATIENT)) {
            transport.failing(new PortUnreachableException());
            transport.receptions.add(buffer -> {
                close(exchange); // another thread would
                throw new PortUnreachableException();
            });
            assertThrows(ClosedChannelException.class, () -> run(exchange));
        }
    }

    private Exchange exchange(RetryPolicy retransmission) {
        return new Exchange(Loopback.NAME, List.of(SERVER), server -> transport, retransmission, reason -> {});
    }

    private static void close(Exchange exchange) throws IOException {
        exchange.close();
    }

    private String run(Exchange exchange) throws IOException {
        exchange.run(UTF_8.encode("ping"), reply);
        return UTF_8.decode(reply.flip()).toString();
    }
}
