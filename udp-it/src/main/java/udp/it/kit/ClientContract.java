package udp.it.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import udp.internal.net.Addresses;

/**
 * Rules C.1 to C.17, for a client in any language: a process that takes the sentence, a line, from standard input and
 * prints the answer, perhaps behind a prompt. What is sent or printed too much is the matter of rules C.4, C.5 and C.9
 * alone.
 */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ClientContract {
    private static final int LONGEST_WAIT_SECONDS = 15;

    private Peer server;
    private Peer stranger;
    private Subprocess client;

    /** To be extended. */
    protected ClientContract() {}

    /**
     * What is checked.
     *
     * @return a command in which <code>{host}</code> and <code>{port}</code> stand for those of the server
     */
    protected abstract String command();

    /**
     * How likely a datagram is lost for rule C.17.
     *
     * @return a probability less than 1, or 0 not to try
     */
    protected double loss() {
        return 0;
    }

    /** Starts a client and waits until it asks. */
    static Subprocess startAndAsk(String command) throws Exception {
        try (Peer server = new Peer(Addresses.loopback(StandardProtocolFamily.INET))) {
            Subprocess client = start(command, server, "hello\n", Subprocess.USUAL);
            try {
                server.receive("the client to send a datagram", client);
                return client;
            } catch (Exception | AssertionError e) {
                client.close();
                throw e;
            }
        }
    }

    private static Subprocess start(String command, Peer server, String input, Map<String, String> environment)
            throws Exception {
        return Subprocess.start(
                Subprocess.words(command, server.address().getPort()), input.getBytes(UTF_8), environment);
    }

    @BeforeEach
    void open() throws Exception {
        server = new Peer(Addresses.loopback(StandardProtocolFamily.INET));
        stranger = new Peer(Addresses.loopback(StandardProtocolFamily.INET));
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
        server.close();
        stranger.close();
    }

    @Checks(value = Rule.C1, cause = "sent to another address than the one given, or printed something else")
    void rule_C_1_theSentenceIsSentAndTheAnswerPrinted() throws Exception {
        assertExchange("hello, world", "HELLO, WORLD");
    }

    @Checks(value = Rule.C2, cause = "bytes are taken for characters, or another charset than UTF-8")
    void rule_C_2_utf8ComesThroughWhole() throws Exception {
        assertExchange("你好, straße", "你好, STRASSE");
    }

    @Checks(value = Rule.C3, cause = "read with the default charset what is then written as UTF-8, or the reverse")
    void rule_C_3_theDefaultCharsetDoesNotMatter() throws Exception {
        client = start(command(), server, "你好\n", Subprocess.STRANGE);
        assertStartsWith("你好", request().bytes());
    }

    @Checks(value = Rule.C4, cause = "sent the string's closing NUL, or the whole buffer")
    void rule_C_4_noNulIsAdded() throws Exception {
        byte[] sent = start("hello").bytes();
        Expect.that(
                new String(sent, UTF_8).indexOf('\0') < 0, "a datagram without NUL", "it was " + Expect.shown(sent));
    }

    @Checks(value = Rule.C5, cause = "fgets() and readline() keep the line end")
    void rule_C_5_noLineEndIsAdded() throws Exception {
        byte[] sent = start("hello").bytes();
        Expect.that(
                !new String(sent, UTF_8).matches("(?s).*[\r\n].*"),
                "a datagram without line end",
                "it was " + Expect.shown(sent));
    }

    @Checks(value = Rule.C6, cause = "a buffer for the line of 1,024 bytes or less")
    void rule_C_6_sentencesUpTo2048BytesAreSentWhole() throws Exception {
        for (int size : new int[] {1, 508, 1472, 2048}) {
            String sentence = "x".repeat(size);
            assertStartsWith(sentence, start(sentence).bytes());
        }
    }

    @Checks(value = Rule.C7, cause = "a receive buffer of 1,024 bytes or less")
    void rule_C_7_answersUpTo2048BytesArePrintedWhole() throws Exception {
        assertPrintsAnswersOf(1, 508, 1472, 2048);
    }

    @Checks(value = Rule.C8, cause = "a receive buffer of 2,048 bytes; the largest datagram has 65,507")
    void rule_C_8_answersUpTo65507BytesArePrintedWhole() throws Exception {
        assertPrintsAnswersOf(8192, 65_507);
    }

    @Checks(value = Rule.C9, cause = "decoded the whole buffer instead of the datagram's length")
    void rule_C_9_nothingIsPrintedAfterTheAnswer() throws Exception {
        server.send("HELLO", start("hello").sender());
        String printed = end();
        String rest = printed.substring(printed.lastIndexOf("HELLO") + (printed.contains("HELLO") ? 5 : 1));
        Expect.that(
                rest.matches("[\r\n]*"),
                "nothing but a line end after the answer",
                "it was " + Expect.shown(rest.getBytes(UTF_8)));
    }

    @Checks(value = Rule.C10, cause = "took a length of 0 for the end of a stream, or for no answer")
    void rule_C_10_anEmptyAnswerIsAnAnswer() throws Exception {
        Peer.Datagram request = start("hello");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (request != null || client.isRunning() && System.nanoTime() < end) {
            if (request != null) {
                server.send("", request.sender());
            }
            request = server.receive(100);
        }
        end();
        Expect.equal("the exit status after an empty answer to be", 0, client.status());
    }

    @Checks(value = Rule.C11, cause = "neither connected the socket nor compared the sender")
    void rule_C_11_aStrangersAnswerIsNotTaken() throws Exception {
        InetSocketAddress sender = start("hello").sender();
        stranger.send("from a stranger", sender);
        server.send("from the server", sender);
        String printed = end();
        Expect.that(
                !printed.contains("stranger") && printed.contains("from the server"),
                "the server's answer to be printed, and not a stranger's",
                "it printed " + Expect.shown(printed.getBytes(UTF_8)));
    }

    @Checks(value = Rule.C12, cause = "waits for an answer to a datagram that may have been lost")
    void rule_C_12_aLostRequestIsSentAgain() throws Exception {
        byte[] first = start("hello").bytes();
        Expect.bytes(
                "the second datagram to be",
                first,
                server.receive("the request again", client).bytes());
    }

    @Checks(value = Rule.C13, cause = "one socket for all sentences, where the next receive takes what is left")
    void rule_C_13_aLateOrDoubledAnswerIsNotTakenForTheNext() throws Exception {
        client = start(command(), server, "first\nsecond\n", Subprocess.USUAL);
        InetSocketAddress first = request().sender();
        server.send("answer 1", first);
        server.send("answer 1", first);
        InetSocketAddress second = nextRequest();
        assumeTrue(second != null, "it asks one sentence only");
        server.send("answer 1", first);
        server.send("answer 2", second);
        String printed = end();
        Expect.that(
                printed.indexOf("answer 1") == printed.lastIndexOf("answer 1") && printed.contains("answer 2"),
                "each answer to be printed once",
                "it printed " + Expect.shown(printed.getBytes(UTF_8)));
    }

    @Checks(value = Rule.C14, cause = "a receive without a time limit")
    void rule_C_14_itEndsIfNobodyAnswers() throws Exception {
        start("hello");
        Expect.that(client.endsWithin(LONGEST_WAIT_SECONDS), "an end without an answer", stillRunning());
        Expect.that(client.status() != 0, "an exit status other than 0 without an answer", "it was 0");
    }

    @Checks(value = Rule.C15, cause = "each datagram that it did not take started the time anew")
    void rule_C_15_strangersDoNotMakeItWaitLonger() throws Exception {
        InetSocketAddress sender = start("hello").sender();
        for (int i = 0; i < LONGEST_WAIT_SECONDS * 20 && client.isRunning(); i++) {
            stranger.send("from a stranger", sender);
            Peer.Datagram again = server.receive(50);
            sender = again == null ? sender : again.sender();
        }
        Expect.that(!client.isRunning(), "an end in spite of datagrams from a stranger", stillRunning());
    }

    @Checks(value = Rule.C16, cause = "a handler that ignores the signal, or waits for the answer first")
    void rule_C_16_sigtermEndsIt() throws Exception {
        start("hello");
        client.terminate();
        Expect.that(client.endsWithin(5), "the client to end on SIGTERM", "it was still running after 5 s");
    }

    @Checks(value = Rule.C17, cause = "too few tries, or one socket for all sentences, where a late answer is taken")
    void rule_C_17_lossesAndLateAnswersSpoilNoAnswer() throws Exception {
        assumeTrue(loss() > 0, "asked for by --loss");
        LossyAnswers answers = new LossyAnswers(server, loss());
        client = start(command(), server, answers.sentences(), Subprocess.USUAL);
        answers.giveTo(client);
        String printed = end();
        Expect.that(
                answers.areIn(printed),
                answers.count() + " answers, each once and in the order of the sentences",
                "it printed " + Expect.shown(printed.getBytes(UTF_8)) + " and asked " + answers.asked());
    }

    private static String stillRunning() {
        return "it was still running after " + LONGEST_WAIT_SECONDS + " s";
    }

    /** Starts the client and returns its first datagram. */
    private Peer.Datagram start(String sentence) throws Exception {
        if (client != null) { // what that sends again is not to be taken for the first datagram of this
            client.close();
            server.close();
            server = new Peer(Addresses.loopback(StandardProtocolFamily.INET));
        }
        client = start(command(), server, sentence + "\n", Subprocess.USUAL);
        return request();
    }

    private Peer.Datagram request() throws Exception {
        return server.receive(
                "the client to send a datagram to 127.0.0.1:" + server.address().getPort(), client);
    }

    /** The sender of the second sentence, or null if the client has ended. */
    private InetSocketAddress nextRequest() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        boolean running;
        do {
            running = client.isRunning();
            Peer.Datagram request = server.receive(100);
            if (request != null && new String(request.bytes(), UTF_8).startsWith("second")) {
                return request.sender();
            }
        } while (running && System.nanoTime() < end);
        return null;
    }

    private void assertExchange(String sentence, String answer) throws Exception {
        Peer.Datagram request = start(sentence);
        assertStartsWith(sentence, request.bytes());
        server.send(answer, request.sender());
        String printed = end();
        Expect.that(
                printed.contains(answer),
                "the answer \"" + answer + "\" to be printed",
                "it printed " + Expect.shown(printed.getBytes(UTF_8)));
    }

    private void assertPrintsAnswersOf(int... sizes) throws Exception {
        for (int size : sizes) {
            String answer = new String(Messages.ofSize(size), UTF_8);
            InetSocketAddress sender = start("hello").sender(); // first: the server is then another one
            server.send(answer, sender);
            Expect.that(
                    end().contains(answer),
                    "an answer of " + size + " bytes to be printed whole",
                    "a part was missing");
        }
    }

    private static void assertStartsWith(String sentence, byte[] sent) {
        byte[] expected = sentence.getBytes(UTF_8);
        if (!Arrays.equals(expected, Arrays.copyOf(sent, Math.min(sent.length, expected.length)))) {
            Expect.bytes("the datagram to be", expected, sent);
        }
    }

    private String end() throws Exception {
        return new String(client.awaitEnd("the client to end after the answer"), UTF_8);
    }
}
