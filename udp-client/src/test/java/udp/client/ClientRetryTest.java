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
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor;
import udp.api.spi.TransportProvider;
import udp.client.ScriptedPeer.Request;
import udp.test.Loopback;

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
    void theFailureNamesTheServerTheTriesAndTheTime() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Client client = client(provider, HASTY, peer.address())) {
            String message = assertThrows(SocketTimeoutException.class, () -> client.ask("ping"))
                    .getMessage();
            Matcher matcher = Pattern.compile("no reply from server:7 after 3 tries in ([0-9]+) ms")
                    .matcher(message);
            assertTrue(matcher.matches(), message);
            assertTrue(Integer.parseInt(matcher.group(1)) >= HASTY_WAITS.toMillis(), message);
        }
    }

    @Test
    void aSingleTryIsNotCalledTries() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Client client = client(provider, new RetryPolicy(Duration.ofMillis(10), 1), peer.address())) {
            String message = assertThrows(SocketTimeoutException.class, () -> client.ask("ping"))
                    .getMessage();
            assertTrue(message.startsWith("no reply from server:7 after 1 try in "), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", ""})
    void allTriesSendTheRequestFromTheSamePort(String message) throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Client client = client(provider, HASTY, peer.address())) {
            assertThrows(SocketTimeoutException.class, () -> client.ask(message));
            assertEquals(List.of(message, message, message), peer.texts());
            assertEquals(
                    1, peer.requests().stream().map(Request::source).distinct().count());
        }
    }

    @Test
    void aReplyToTheFirstSendIsTakenDuringTheSecondWait() throws IOException {
        AtomicReference<Request> first = new AtomicReference<>();
        ScriptedPeer.Script replyLate = (number, request) -> {
            if (number == 1) {
                first.set(request);
            } else if (number == 2) {
                first.get().reply("late");
            }
        };
        try (ScriptedPeer peer = new ScriptedPeer(replyLate);
                Client client = client(provider, PERSISTENT, peer.address())) {
            assertEquals("late", client.ask("ping"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", ""})
    void aDatagramFromAStrangerIsIgnored(String message) throws IOException {
        try (DatagramSocket stranger = Loopback.socket(Loopback.IPV4);
                ScriptedPeer peer = new ScriptedPeer((number, request) -> {
                    stranger.send(new DatagramPacket("forged".getBytes(UTF_8), 6, request.source()));
                    request.reply("genuine");
                });
                Client client = client(provider, PATIENT, peer.address())) {
            assertEquals("genuine", client.ask(message));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", ""})
    void aFloodFromAStrangerDoesNotExtendTheWait(String message) throws IOException {
        try (DatagramSocket stranger = Loopback.socket(Loopback.IPV4);
                ScriptedPeer peer = new ScriptedPeer((number, request) -> flood(stranger, request));
                Client client = client(provider, new RetryPolicy(Duration.ofMillis(100), 1), peer.address())) {
            assertThrows(SocketTimeoutException.class, () -> client.ask(message));
        }
    }

    private static void flood(DatagramSocket stranger, Request request) throws IOException {
        while (!request.socket().isClosed()) {
            stranger.send(new DatagramPacket("forged".getBytes(UTF_8), 6, request.source()));
            LockSupport.parkNanos(1_000_000);
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
    void anEmptyMessageToAClosedPortGetsNoReply() throws IOException {
        try (RefusingPort port = new RefusingPort();
                Client client = client(provider, HASTY, port.address())) {
            assertThrows(SocketTimeoutException.class, () -> client.ask(""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", ""})
    void aLateReplyIsNotTakenForTheNextReply(String message) throws IOException {
        AtomicReference<Request> first = new AtomicReference<>();
        ScriptedPeer.Script replyToTheFirstAgain = (number, request) -> {
            if (number == 1) {
                first.set(request);
                request.reply("one");
            } else {
                first.get().reply("one, late");
                request.reply("two");
            }
        };
        try (ScriptedPeer peer = new ScriptedPeer(replyToTheFirstAgain);
                Client client = client(provider, PATIENT, peer.address())) {
            client.ask(message);
            assertEquals("two", client.ask(message));
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
