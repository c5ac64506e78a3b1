package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.client.TestClients.HASTY;
import static udp.client.TestClients.HASTY_WAITS;
import static udp.client.TestClients.PATIENT;
import static udp.client.TestClients.PERSISTENT;
import static udp.client.TestClients.client;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor;
import udp.api.spi.TransportProvider;

/** Tries of a client over the loopback interface, with both transports. */
@ParameterizedClass(name = "{0}")
@MethodSource("udp.client.TestClients#transports")
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientRetryTest {
    private record Retry(boolean refused, int number, Duration duration) {}

    @Parameter
    private TransportProvider provider;

    @ParameterizedTest
    @ValueSource(strings = {"ping", ""})
    void aReplyToTheFirstTryEndsTheExchange(String message) throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Client client = client(provider, PATIENT, peer.address())) {
            assertEquals(message, client.ask(message));
            assertEquals(List.of(message), peer.texts());
        }
    }

    @Test
    void aClosedPortIsReportedAfterAllTries() throws IOException {
        List<Retry> retries = new ArrayList<>();
        try (RefusingPort port = new RefusingPort();
                Client client = client(provider, HASTY, recording(retries), port.address())) {
            long start = System.nanoTime();
            IOException failure = assertThrows(PortUnreachableException.class, () -> client.ask("ping"));
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);

            assertEquals("nothing listens on server:7 (connection refused)", failure.getMessage());
            assertEquals(
                    List.of(new Retry(true, 2, Duration.ofMillis(40)), new Retry(true, 3, Duration.ofMillis(80))),
                    retries);
            assertTrue(elapsed.compareTo(HASTY_WAITS) >= 0, elapsed.toString());
        }
    }

    @Test
    void aServerThatStartsAfterTheFirstRefusalIsReached() throws IOException {
        AtomicReference<ScriptedPeer> started = new AtomicReference<>();
        try (RefusingPort port = new RefusingPort();
                Client client = client(
                        provider, PERSISTENT, (refused, number, wait) -> listenOnce(port, started), port.address())) {
            assertEquals("ping", client.ask("ping"));
            started.get().close();
        }
    }

    private static RetryListener recording(List<Retry> retries) {
        return (refused, number, wait) -> retries.add(new Retry(refused, number, wait));
    }

    private static void listenOnce(RefusingPort port, AtomicReference<ScriptedPeer> started) {
        try {
            if (started.get() == null) {
                started.set(port.listen(ScriptedPeer.ECHO));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theListenerLearnsOfSilence() throws IOException {
        List<Retry> retries = new ArrayList<>();
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Client client = client(provider, HASTY, recording(retries), peer.address())) {
            assertThrows(SocketTimeoutException.class, () -> client.ask("ping"));
        }
        assertEquals(
                List.of(new Retry(false, 2, Duration.ofMillis(40)), new Retry(false, 3, Duration.ofMillis(80))),
                retries);
    }

    @Test
    void anEmptyReplyToAMessageIsAReply() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> request.reply(""));
                Client client = client(provider, PATIENT, peer.address())) {
            assertEquals("", client.ask("ping"));
        }
    }

    @Test
    void theReplyIsTheBytesThatCame() throws IOException {
        byte[] bytes = {0, (byte) 0xff, (byte) 0xfe, '\r', '\n', 27};
        List<byte[]> replies = new ArrayList<>();
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> request.reply(bytes));
                Client client = client(provider, PATIENT, peer.address())) {
            client.exchange(UTF_8.encode("ping"), MessageProcessor.ofBytes(reply -> {
                replies.add(reply);
                return null;
            }));
        }
        assertArrayEquals(bytes, replies.get(0));
    }
}
