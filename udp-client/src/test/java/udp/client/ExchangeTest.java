package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.client.Loopback.HASTY;
import static udp.client.Loopback.HASTY_WAITS;
import static udp.client.Loopback.PATIENT;
import static udp.client.Loopback.PERSISTENT;
import static udp.client.Loopback.client;

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

@ParameterizedClass(name = "{0}")
@MethodSource("udp.client.Loopback#transports")
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExchangeTest {
    @Parameter
    private TransportProvider provider;

    @Test
    void aReplyToTheFirstTryEndsTheExchange() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> request.reply("pong"));
                Client client = client(provider, PATIENT, peer.address())) {
            assertEquals("pong", client.ask("ping"));
            assertEquals(List.of("ping"), peer.texts());
        }
    }

    @Test
    void theFailureNamesTheServerTheTriesAndTheTime() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Client client = client(provider, HASTY, peer.address())) {
            String message = assertThrows(SocketTimeoutException.class, () -> client.ask("ping"))
                    .getMessage();
            Matcher matcher = Pattern.compile("no answer from server:7 after 3 tries in ([0-9]+) ms; "
                            + "check host, port and firewall, or wait longer")
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
            assertTrue(message.startsWith("no answer from server:7 after 1 try in "), message);
        }
    }

    @Test
    void aRequestIsSentAsOftenAsThereAreTries() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Client client = client(provider, HASTY, peer.address())) {
            assertThrows(SocketTimeoutException.class, () -> client.ask("ping"));
            assertEquals(List.of("ping", "ping", "ping"), peer.texts());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", ""})
    void allTriesLeaveFromOnePort(String message) throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Client client = client(provider, HASTY, peer.address())) {
            assertThrows(SocketTimeoutException.class, () -> client.ask(message));
            List<Request> requests = peer.requests();
            assertEquals(3, requests.size());
            assertEquals(1, requests.stream().map(Request::source).distinct().count());
        }
    }

    @Test
    void everyWaitIsTwiceTheOneBefore() throws IOException {
        List<Duration> waits = new ArrayList<>();
        TransportProvider recording = new FakeProvider(config -> new RecordingTransport(provider.open(config), waits));
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Client client = client(recording, HASTY, peer.address())) {
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> client.ask("ping"));
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);

            assertEquals(3, waits.size());
            for (int i = 0; i < 3; i++) {
                assertTrue(waits.get(i).compareTo(Duration.ofMillis(10L << i)) <= 0, waits.toString());
            }
            assertTrue(elapsed.compareTo(HASTY_WAITS) >= 0, elapsed.toString());
        }
    }

    @Test
    void aReplyToTheFirstSendIsTakenDuringTheSecondWait() throws IOException {
        AtomicReference<Request> first = new AtomicReference<>();
        ScriptedPeer.Script answerLate = (number, request) -> {
            if (number == 1) {
                first.set(request);
            } else if (number == 2) {
                first.get().reply("late");
            }
        };
        try (ScriptedPeer peer = new ScriptedPeer(answerLate);
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
        List<String> reasons = new ArrayList<>();
        try (RefusingPort port = new RefusingPort();
                Client client = client(provider, HASTY, reasons::add, port.address())) {
            long start = System.nanoTime();
            IOException failure = assertThrows(PortUnreachableException.class, () -> client.ask("ping"));
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);

            assertEquals(
                    "nothing listens on server:7 (connection refused); start the server there, or check host and port",
                    failure.getMessage());
            assertEquals(2, reasons.size());
            assertTrue(elapsed.compareTo(HASTY_WAITS) >= 0, elapsed.toString());
        }
    }

    @Test
    void aServerThatStartsAfterTheFirstRefusalIsReached() throws IOException {
        AtomicReference<ScriptedPeer> started = new AtomicReference<>();
        try (RefusingPort port = new RefusingPort();
                Client client = client(provider, PERSISTENT, reason -> listenOnce(port, started), port.address())) {
            assertEquals("ping", client.ask("ping"));
            started.get().close();
        }
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
    void progressTellsOfSilence() throws IOException {
        List<String> reasons = new ArrayList<>();
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.SILENCE);
                Client client = client(provider, HASTY, reasons::add, peer.address())) {
            assertThrows(SocketTimeoutException.class, () -> client.ask("ping"));
        }
        assertEquals(
                List.of(
                        "no answer from server:7 yet; try 2 of 3, waiting 20 ms",
                        "no answer from server:7 yet; try 3 of 3, waiting 40 ms"),
                reasons);
    }

    @Test
    void progressTellsOfRefusal() throws IOException {
        List<String> reasons = new ArrayList<>();
        try (RefusingPort port = new RefusingPort();
                Client client = client(provider, HASTY, reasons::add, port.address())) {
            assertThrows(PortUnreachableException.class, () -> client.ask("ping"));
        }
        assertEquals(
                List.of(
                        "nothing listens on server:7 (connection refused) yet; try 2 of 3, waiting 20 ms",
                        "nothing listens on server:7 (connection refused) yet; try 3 of 3, waiting 40 ms"),
                reasons);
    }

    @Test
    void anEmptyMessageIsSentAndGetsAnEmptyReply() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Client client = client(provider, PATIENT, peer.address())) {
            assertEquals("", client.ask(""));
            assertEquals(List.of(""), peer.texts());
        }
    }

    @Test
    void anEmptyReplyToAMessageIsAReply() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> request.reply(""));
                Client client = client(provider, PATIENT, peer.address())) {
            assertEquals("", client.ask("ping"));
        }
    }

    @Test
    void anEmptyMessageToAClosedPortIsOnlyKnownToBeUnanswered() throws IOException {
        try (RefusingPort port = new RefusingPort();
                Client client = client(provider, HASTY, port.address())) {
            assertThrows(SocketTimeoutException.class, () -> client.ask(""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", ""})
    void aLateReplyIsNotTakenForTheNextOne(String message) throws IOException {
        AtomicReference<Request> first = new AtomicReference<>();
        ScriptedPeer.Script answerTheFirstAgain = (number, request) -> {
            if (number == 1) {
                first.set(request);
                request.reply("one");
            } else {
                first.get().reply("one, late");
                request.reply("two");
            }
        };
        try (ScriptedPeer peer = new ScriptedPeer(answerTheFirstAgain);
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
