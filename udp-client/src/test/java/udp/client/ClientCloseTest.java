package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static udp.client.Loopback.PATIENT;
import static udp.client.Loopback.client;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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

@ParameterizedClass(name = "{0}")
@MethodSource("udp.client.Loopback#transports")
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientCloseTest {
    private static final RetryPolicy AN_HOUR = new RetryPolicy(Duration.ofHours(1), 1);

    @Parameter
    private TransportProvider provider;

    @ParameterizedTest
    @ValueSource(strings = {"ping", ""})
    void closingEndsAnExchangeInProgress(String message) throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Client client = client(provider, AN_HOUR, peer.address())) {
            FutureTask<String> exchange = start(client, message);
            peer.awaitRequest();
            closeNow(client);
            assertInstanceOf(
                    ClosedChannelException.class,
                    assertThrows(ExecutionException.class, exchange::get).getCause());
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
    void closingBetweenTwoRequestsOfAProcessorEndsItsExchange() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Client client = client(provider, PATIENT, peer.address())) {
            assertThrows(
                    ClosedChannelException.class,
                    () -> client.exchange(UTF_8.encode("a"), (received, answer, from) -> {
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
                        reason -> closeNow(toClose[0]),
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
            FutureTask<String> first = start(client, "first");
            peer.awaitRequest();
            FutureTask<String> second = new FutureTask<>(() -> client.ask("second"));
            Thread waiting = start(second);
            while (waiting.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            List<Request> requests = peer.requests();
            assertEquals(1, requests.size());
            requests.get(0).reply("first");
            assertEquals("first", first.get());
            assertEquals("second", second.get());
        }
    }

    private static FutureTask<String> start(Client client, String message) {
        FutureTask<String> exchange = new FutureTask<>(() -> client.ask(message));
        start(exchange);
        return exchange;
    }

    private static Thread start(FutureTask<String> task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void closeNow(Client client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
