package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static udp.client.TestClients.AN_HOUR;
import static udp.client.TestClients.PATIENT;
import static udp.client.TestClients.client;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor.Outcome;
import udp.api.spi.TransportProvider;
import udp.client.ScriptedPeer.Request;
import udp.test.Background;

/** Closing a client during, between and after its exchanges. */
@ParameterizedClass(name = "{0}")
@MethodSource("udp.client.TestClients#transports")
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientCloseTest {
    @Parameter
    private TransportProvider provider;

    @ParameterizedTest
    @ValueSource(strings = {"ping", ""})
    void closingEndsAnExchangeInProgress(String message) throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Client client = client(provider, AN_HOUR, peer.address())) {
            Background<String> exchange = Background.start(() -> client.ask(message));
            peer.awaitRequest();
            closeNow(client);
            assertThrows(ClosedChannelException.class, exchange::result);
        }
    }

    @Test
    void aClosedClientExchangesNothing() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Client client = client(provider, PATIENT, peer.address())) {
            client.ask("before");
            closeNow(client);
            assertThrows(ClosedChannelException.class, () -> client.ask("after"));
            assertEquals(List.of("before"), peer.texts());
        }
    }

    @Test
    void closingBetweenTwoRequestsEndsTheExchange() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Client client = client(provider, PATIENT, peer.address())) {
            assertThrows(
                    ClosedChannelException.class,
                    () -> client.exchange(UTF_8.encode("a"), (request, reply, from) -> {
                        closeNow(client);
                        return Outcome.REPLY;
                    }));
            assertEquals(List.of("a"), peer.texts());
        }
    }

    @Test
    void closingBetweenTwoTriesEndsTheExchange() throws IOException {
        Client[] toClose = new Client[1];
        try (RefusingPort port = new RefusingPort();
                Client client = client(
                        provider,
                        new RetryPolicy(Duration.ofMillis(10), 20),
                        (refused, number, wait) -> closeNow(toClose[0]),
                        port.address())) {
            toClose[0] = client;
            assertThrows(ClosedChannelException.class, () -> client.ask("ping"));
        }
    }

    @Test
    void exchangesOfTwoThreadsTakeTurns() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> {
                    if (number > 1) {
                        request.reply("second");
                    }
                });
                Client client = client(provider, PATIENT, peer.address())) {
            Background<String> first = Background.start(() -> client.ask("first"));
            peer.awaitRequest();
            Background<String> second = Background.start(() -> client.ask("second"));
            while (second.thread.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            List<Request> requests = peer.requests();
            assertEquals(1, requests.size());
            requests.get(0).reply("first");
            assertEquals("first", first.result());
            assertEquals("second", second.result());
        }
    }

    /** Closes a client inside its own try statement, which javac would warn of. */
    private static void closeNow(Client client) {
        client.close();
    }
}
