package udp.it.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import udp.api.MessageProcessor;
import udp.internal.net.Addresses;

/**
 * The numbered rules of {@link MessageProcessor}. They hold whatever a processor makes of its messages, so they compare
 * its answers with each other.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class MessageProcessorContract {
    private static final byte[] HELLO = "hello, world".getBytes(UTF_8);
    private static final byte[] TITLE = "title, 你好, straße".getBytes(UTF_8);
    private static final int ATTEMPTS = 5; // a clock may tick between two answers
    private static final int RUN = 8;

    /** To be extended. */
    protected MessageProcessorContract() {}

    /**
     * What is checked.
     *
     * @return a processor that keeps the rules, a new one for each call if it has a state
     */
    protected abstract MessageProcessor processor();

    /**
     * A processor whose answers are the right ones.
     *
     * @return another one, or null if nothing is known of the answers
     */
    protected MessageProcessor expected() {
        return null;
    }

    @Checks(
            value = Rule.P1,
            cause = "took array(), which is the whole buffer, instead of what is from position to limit")
    void rule_P_1_readsFromThePositionToTheLimit() {
        assertAnsweredAlike("in the middle of a buffer", within(ByteBuffer.allocate(99), HELLO));
    }

    @Checks(value = Rule.P1, cause = "used array() without arrayOffset()")
    void rule_P_1_readsASlicedBuffer() {
        assertAnsweredAlike(
                "in a sliced buffer", within(ByteBuffer.allocate(99).position(9).slice(), HELLO));
    }

    @Checks(value = Rule.P1, cause = "used array(), which a direct buffer does not have")
    void rule_P_1_readsADirectBuffer() {
        assertAnsweredAlike("in a direct buffer", within(ByteBuffer.allocateDirect(99), HELLO));
        assertAnsweredAlike(
                "in a sliced direct buffer",
                within(ByteBuffer.allocateDirect(99).position(9).slice(), HELLO));
    }

    @Checks(value = Rule.P2, cause = "flipped the answer, which is the caller's part")
    void rule_P_2_changesNoLimit() {
        ByteBuffer message = within(ByteBuffer.allocate(99), HELLO);
        int limit = message.limit();
        ByteBuffer answer = ByteBuffer.allocate(Addresses.MAX_PAYLOAD);
        Answer.to(message, answer, processor());
        Expect.equal("the answer's limit to stay", Addresses.MAX_PAYLOAD, answer.limit());
        Expect.equal("the message's limit to stay", limit, message.limit());
    }

    @Checks(value = Rule.P2, cause = "used array(), which the answer may not have or of which it may be a part")
    void rule_P_2_answersIntoEveryKindOfBuffer() {
        int room = Addresses.MAX_PAYLOAD;
        for (ByteBuffer buffer : List.of(
                ByteBuffer.allocateDirect(room),
                ByteBuffer.allocate(room + 9).position(9).slice())) {
            assertEventuallyEqual(
                    "the answer in " + (buffer.isDirect() ? "a direct" : "a sliced") + " buffer to be",
                    () -> Answer.to(HELLO, processor()),
                    () -> Answer.to(ByteBuffer.wrap(HELLO), buffer.clear(), processor()));
        }
    }

    @Checks(value = Rule.P3, cause = "a path through the method returns null")
    void rule_P_3_thereIsAnOutcome() {
        Expect.that(Answer.to(HELLO, processor()).outcome() != null, "REPLY or NO_REPLY", "it was null");
    }

    @Checks(value = Rule.P4, cause = "a field that is not cleared between messages")
    void rule_P_4_nothingIsLeftOfTheMessageBefore() {
        MessageProcessor processor = processor();
        byte[] message = longMessage();
        assertNoRun(Answer.to("hi".getBytes(UTF_8), processor()));
        Answer.to(message, processor);
        assertNoRun(Answer.to("hi".getBytes(UTF_8), processor));
    }

    @Checks(value = Rule.P4, cause = "took the whole buffer, where the end of a longer message before is still there")
    void rule_P_4_nothingIsLeftInABufferThatIsUsedAgain() {
        MessageProcessor processor = processor();
        ByteBuffer received = ByteBuffer.allocate(2000);
        ByteBuffer answer = ByteBuffer.allocate(Addresses.MAX_PAYLOAD);
        Answer.to(received.put(longMessage()).flip(), answer, processor);
        received.clear().put((byte) 'h').put((byte) 'i').flip();
        assertNoRun(Answer.to(received, answer.clear(), processor));
    }

    @Checks(value = Rule.P5, cause = "read a first byte, or took no bytes for no message")
    void rule_P_5_theEmptyMessageIsAMessage() {
        Answer.to(new byte[0], processor());
    }

    @Checks(value = Rule.P6, cause = "a CharsetDecoder that reports; new String(bytes, UTF_8) replaces")
    void rule_P_6_malformedTextThrowsNothing() {
        for (byte[] message : Messages.MALFORMED) {
            assertThrowsNothing("malformed UTF-8", message);
        }
    }

    @Checks(value = Rule.P7, cause = "an array of a fixed size, as new byte[1024]")
    void rule_P_7_noSizeThrows() {
        IntStream edges =
                IntStream.of(508, 512, 1023, 1024, 1025, 1472, 2048, 2049, 4096, 8192, 32_768, 65_506, 65_507);
        IntStream.concat(IntStream.rangeClosed(1, 300), edges).forEach(size -> {
            byte[] message = new byte[size];
            Arrays.fill(message, (byte) 'a');
            assertThrowsNothing("a message of " + (size == 1 ? "1 byte" : size + " bytes"), message);
        });
    }

    @Checks(value = Rule.P8, cause = "toUpperCase() and String.format() take the system's locale; give Locale.ROOT")
    @ResourceLock(Resources.LOCALE)
    void rule_P_8_noLocaleChangesTheAnswer() {
        assumeAnswerDependsOnMessage();
        for (String language : List.of("tr", "lt", "de")) {
            assertEventuallyEqual(
                    "the answer under the locale " + language + " to be",
                    () -> answerIn(Locale.ROOT),
                    () -> answerIn(new Locale(language)));
        }
    }

    @Checks(value = Rule.P9, cause = "new String(bytes) and getBytes() take the system's charset; give UTF_8")
    void rule_P_9_noDefaultCharsetChangesTheAnswer() throws Exception {
        assumeAnswerDependsOnMessage();
        Class<?> type = processor().getClass();
        assumeTrue(
                !type.isHidden()
                        && Stream.of(type.getDeclaredConstructors())
                                .anyMatch(constructor -> constructor.getParameterCount() == 0),
                "another JVM can make it only if its class has a constructor without parameters");
        Expect.bytes(
                "the answer with the default charset US-ASCII to be",
                answerOfJvmWith("UTF-8", type),
                answerOfJvmWith("US-ASCII", type));
    }

    @Checks(value = Rule.P11, cause = "another order of bytes or letters, or blanks and line ends that are cut off")
    void rule_P_11_theAnswerIsTheExpectedOne() {
        MessageProcessor expected = expected();
        assumeTrue(expected != null, "without --expect any answer is right");
        for (String message : List.of("hello, world", "", "  a b \n", "title", "你好, straße")) {
            byte[] bytes = message.getBytes(UTF_8);
            assertEventuallyEqual(
                    "the answer to " + Expect.shown(bytes) + " to be",
                    () -> Answer.to(bytes, expected),
                    () -> Answer.to(bytes, processor()));
        }
    }

    /** The message with something before and behind it. */
    private static ByteBuffer within(ByteBuffer buffer, byte[] message) {
        while (buffer.hasRemaining()) {
            buffer.put((byte) '#');
        }
        return buffer.position(5).put(message).limit(5 + message.length).position(5);
    }

    private void assertAnsweredAlike(String where, ByteBuffer message) {
        assertEventuallyEqual(
                "the answer to a message " + where + " to be",
                () -> Answer.to(HELLO, processor()),
                () -> Answer.to(message.duplicate(), ByteBuffer.allocate(Addresses.MAX_PAYLOAD), processor()));
    }

    private static void assertEventuallyEqual(String what, Supplier<Answer> right, Supplier<Answer> checked) {
        for (int attempt = 1; ; attempt++) {
            Answer expected = right.get();
            Answer actual = checked.get();
            if (attempt == ATTEMPTS || expected.equals(actual)) {
                Expect.equal(what, expected, actual);
                return;
            }
        }
    }

    private static byte[] longMessage() {
        byte[] message = new byte[1000];
        Arrays.fill(message, (byte) 'q');
        return message;
    }

    /** A run of one letter survives whatever is done to letters one by one. */
    private static void assertNoRun(Answer answer) {
        byte[] bytes = answer.bytes();
        int run = 1;
        for (int i = 1; i < bytes.length; i++) {
            run = bytes[i] == bytes[i - 1] ? run + 1 : 1;
            Expect.that(run < RUN, "nothing of the message before in the answer to \"hi\"", "it was " + answer);
        }
    }

    private void assertThrowsNothing(String what, byte[] message) {
        try {
            Answer.to(message, processor());
        } catch (BufferOverflowException e) {
            // the answer is larger than a datagram
        } catch (RuntimeException | Error e) {
            throw Expect.failure("an answer to " + what + ", " + Expect.shown(message), "it threw " + Expect.named(e));
        }
    }

    private Answer answerIn(Locale locale) {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            return Answer.to(TITLE, processor());
        } finally {
            Locale.setDefault(before);
        }
    }

    private void assumeAnswerDependsOnMessage() {
        boolean depends = true;
        for (int attempt = 1; depends && attempt <= ATTEMPTS; attempt++) {
            depends = !Answer.to(TITLE, processor()).equals(Answer.to(HELLO, processor()));
        }
        assumeTrue(depends, "the answer does not depend on the message");
    }

    private static byte[] answerOfJvmWith(String charset, Class<?> type) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=" + charset,
                "-cp",
                classPath(),
                Answerer.class.getName(),
                type.getName());
        try (Subprocess jvm = Subprocess.start(command, TITLE, Map.of())) {
            return jvm.awaitSuccess();
        }
    }

    private static String classPath() throws Exception {
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
            for (URL url : loader.getURLs()) {
                path.append(File.pathSeparator).append(Path.of(url.toURI()));
            }
        }
        return path.toString();
    }
}
