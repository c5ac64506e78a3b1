package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static udp.client.TestClients.HASTY;
import static udp.client.TestClients.PATIENT;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import udp.api.MessageProcessor.Outcome;
import udp.test.FakeProvider;
import udp.test.Loopback;
import udp.test.ScriptedTransport;

/** Reports that a kernel makes seldom, or at the wrong moment. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientFaultTest {
    private static final InetSocketAddress SERVER = ScriptedTransport.PEER;
    private static final InetSocketAddress STRANGER = new InetSocketAddress(Loopback.IPV4, 8);

    private final ScriptedTransport transport = new ScriptedTransport();

    @Test
    void aSendThatReportsAnEarlierRefusalIsRepeated() throws IOException {
        transport.sendFailures.add(new PortUnreachableException());
        transport.receiving("pong");
        try (Client client = client(PATIENT)) {
            assertEquals("pong", client.ask("ping"));
            assertEquals(List.of("ping"), transport.sent);
        }
    }

    @Test
    void aSendThatReportsARefusalTwiceIsNotRepeatedInTheSameTry() {
        transport.sendFailures.addAll(Collections.nCopies(100, new PortUnreachableException()));
        try (Client client = client(HASTY)) {
            assertThrows(PortUnreachableException.class, () -> client.ask("ping"));
            assertEquals(2 * HASTY.tries(), transport.sends);
        }
    }

    @Test
    void aTryWhoseSendFailsWaitsNevertheless() throws IOException {
        transport.sendFailures.add(new SocketException("Network is unreachable"));
        transport.receiving("pong");
        try (Client client = client(HASTY)) {
            assertEquals("pong", client.ask("ping"));
            assertEquals(1, transport.sends);
        }
    }

    @Test
    void aReplyAfterManyReportsOfAClosedPortIsTaken() throws IOException {
        for (int i = 0; i < 20; i++) {
            transport.failing(new PortUnreachableException());
        }
        transport.receiving("pong");
        try (Client client = client(PATIENT)) {
            assertEquals("pong", client.ask("ping"));
        }
    }

    static Stream<Arguments> lastingFailures() {
        return Stream.of(
                Arguments.of(new SocketException("Network is unreachable"), "Network is unreachable"),
                Arguments.of(new SocketException(), "SocketException"),
                // The JDK throws this for EPERM, which a firewall of this host causes. It is no lack of a port.
                Arguments.of(new BindException("Operation not permitted"), "Operation not permitted"));
    }

    @ParameterizedTest
    @MethodSource("lastingFailures")
    void aFailureOfEveryTryIsNamed(IOException failure, String text) {
        transport.sendFailures.addAll(Collections.nCopies(3, failure));
        try (Client client = client(HASTY)) {
            String message = assertThrows(NoRouteToHostException.class, () -> client.ask("ping"))
                    .getMessage();
            assertEquals("server:7 cannot be reached: " + text, message);
        }
    }

    @Test
    void aRefusalPrevailsOverAFailureOfAnotherAddress() {
        ScriptedTransport refusing = new ScriptedTransport(STRANGER).failing(new PortUnreachableException());
        transport.sendFailures.add(new SocketException("Network is unreachable"));
        FakeProvider provider = new FakeProvider(config -> SERVER.equals(config.remote()) ? transport : refusing);
        RetryPolicy once = new RetryPolicy(Duration.ofMillis(200), 1);
        try (Client client =
                TestClients.clientInNoTime(provider, once, new InetSocketAddress(Loopback.IPV4, 9), SERVER)) {
            assertThrows(PortUnreachableException.class, () -> client.ask("ping"));
        }
    }

    @Test
    void theTransportIsClosedBeforeTheReplyIsProcessed() throws IOException {
        transport.receiving("pong");
        try (Client client = client(PATIENT)) {
            client.exchange(UTF_8.encode("ping"), (request, reply, peer) -> {
                assertEquals(1, transport.closed);
                return Outcome.NO_REPLY;
            });
        }
    }

    @Test
    void closingWhileARefusalIsReceivedEndsTheExchangeAsClosed() {
        try (Client client = client(PATIENT)) {
            transport.then(buffer -> refuseAfterClosing(client));
            assertThrows(ClosedChannelException.class, () -> client.ask("ping"));
        }
    }

    @Test
    void closingWhileAStrangersDatagramIsReceivedEndsTheExchangeAsClosed() {
        try (Client client = client(PATIENT)) {
            transport.then(buffer -> {
                close(client);
                return STRANGER;
            });
            assertThrows(ClosedChannelException.class, () -> client.ask("ping"));
        }
    }

    @Test
    void closingWhileTheClientWaitsDespiteARefusalEndsTheExchangeAsClosed() {
        try (Client client = client(PATIENT)) {
            transport.failing(new PortUnreachableException());
            transport.then(buffer -> refuseAfterClosing(client));
            assertThrows(ClosedChannelException.class, () -> client.ask("ping"));
        }
    }

    private Client client(RetryPolicy policy) {
        return TestClients.clientInNoTime(new FakeProvider(config -> transport), policy, SERVER);
    }

    private static InetSocketAddress refuseAfterClosing(Client client) throws IOException {
        close(client);
        throw new PortUnreachableException();
    }

    /** Closes the client as another thread would. */
    private static void close(Client client) {
        client.close();
    }
}
