package udp.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/**
 * The numbered rules of {@link MessageProcessor}. They hold whatever a processor makes of its messages, so they compare
 * its replies with each other.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class MessageProcessorContract {
    private static final byte[] HELLO = "hello, world".getBytes(UTF_8);
    private static final byte[] TITLE = "title, 你好, straße".getBytes(UTF_8);
    private static final int TRIES = 5; // A clock may tick between two replies.
    private static final int RUN = 8;

    /** Is called by subclasses. */
    protected MessageProcessorContract() {}

    /** Returns a processor that is to keep the rules, a new one for each call if it has a state. */
    protected abstract MessageProcessor processor();

    /** Returns another processor whose replies are right, or null if no reply is known to be. */
    protected MessageProcessor expected() {
        return null;
    }

    @Verifies(
            value = Rule.P1,
            cause = "took array(), which is the whole buffer, instead of what is from position to limit")
    void rule_P_1_readsFromThePositionToTheLimit() {
        assertSameReply("in the middle of a buffer", within(ByteBuffer.allocate(99), HELLO));
    }

    @Verifies(value = Rule.P1, cause = "used array() without arrayOffset()")
    void rule_P_1_readsASlicedBuffer() {
        assertSameReply(
                "in a sliced buffer", within(ByteBuffer.allocate(99).position(9).slice(), HELLO));
    }

    @Verifies(value = Rule.P1, cause = "used array(), which a direct buffer does not have")
    void rule_P_1_readsADirectBuffer() {
        assertSameReply("in a direct buffer", within(ByteBuffer.allocateDirect(99), HELLO));
        assertSameReply(
                "in a sliced direct buffer",
                within(ByteBuffer.allocateDirect(99).position(9).slice(), HELLO));
    }

    @Verifies(value = Rule.P2, cause = "flipped the reply, which is the caller's part")
    void rule_P_2_changesNoLimit() {
        ByteBuffer message = within(ByteBuffer.allocate(99), HELLO);
        int limit = message.limit();
        ByteBuffer reply = ByteBuffer.allocate(ProcessedReply.MAX_PAYLOAD);
        ProcessedReply.to(message, reply, processor());
        KitAssertions.equal("the reply's limit to stay", ProcessedReply.MAX_PAYLOAD, reply.limit());
        KitAssertions.equal("the message's limit to stay", limit, message.limit());
    }

    @Verifies(value = Rule.P2, cause = "used array(), which the reply may not have or of which it may be a part")
    void rule_P_2_repliesIntoEveryKindOfBuffer() {
        int room = ProcessedReply.MAX_PAYLOAD;
        for (ByteBuffer buffer : List.of(
                ByteBuffer.allocateDirect(room),
                ByteBuffer.allocate(room + 9).position(9).slice())) {
            assertEventuallyEqual(
                    "the reply in " + (buffer.isDirect() ? "a direct" : "a sliced") + " buffer to be",
                    () -> ProcessedReply.to(HELLO, processor()),
                    () -> ProcessedReply.to(ByteBuffer.wrap(HELLO), buffer.clear(), processor()));
        }
    }

    @Verifies(value = Rule.P3, cause = "a path through the method returns null")
    void rule_P_3_thereIsAnOutcome() {
        KitAssertions.that(ProcessedReply.to(HELLO, processor()).outcome() != null, "REPLY or NO_REPLY", "it was null");
    }

    @Verifies(value = Rule.P4, cause = "a field that is not cleared between messages")
    void rule_P_4_nothingIsLeftOfTheMessageBefore() {
        MessageProcessor processor = processor();
        byte[] message = longMessage();
        assertNoRun(ProcessedReply.to("hi".getBytes(UTF_8), processor()));
        ProcessedReply.to(message, processor);
        assertNoRun(ProcessedReply.to("hi".getBytes(UTF_8), processor));
    }

    @Verifies(value = Rule.P4, cause = "took the whole buffer, where the end of a longer message before is still there")
    void rule_P_4_nothingIsLeftInABufferThatIsUsedAgain() {
        MessageProcessor processor = processor();
        ByteBuffer received = ByteBuffer.allocate(2000);
        ByteBuffer reply = ByteBuffer.allocate(ProcessedReply.MAX_PAYLOAD);
        ProcessedReply.to(received.put(longMessage()).flip(), reply, processor);
        received.clear().put((byte) 'h').put((byte) 'i').flip();
        assertNoRun(ProcessedReply.to(received, reply.clear(), processor));
    }

    @Verifies(value = Rule.P5, cause = "read a first byte, or took no bytes for no message")
    void rule_P_5_theEmptyMessageIsAMessage() {
        ProcessedReply.to(new byte[0], processor());
    }

    @Verifies(value = Rule.P6, cause = "a CharsetDecoder that reports; new String(bytes, UTF_8) replaces")
    void rule_P_6_malformedTextThrowsNothing() {
        for (byte[] message : TestMessages.MALFORMED) {
            assertThrowsNothing("malformed UTF-8", message);
        }
    }

    @Verifies(value = Rule.P7, cause = "an array of a fixed size, as new byte[1024]")
    void rule_P_7_noSizeThrows() {
        IntStream edges =
                IntStream.of(508, 512, 1023, 1024, 1025, 1472, 2048, 2049, 4096, 8192, 32_768, 65_506, 65_507);
        IntStream.concat(IntStream.rangeClosed(1, 300), edges).forEach(size -> {
            byte[] message = new byte[size];
            Arrays.fill(message, (byte) 'a');
            assertThrowsNothing("a message of " + (size == 1 ? "1 byte" : size + " bytes"), message);
        });
    }

    @Verifies(value = Rule.P8, cause = "toUpperCase() and String.format() take the system's locale; give Locale.ROOT")
    @ResourceLock(Resources.LOCALE)
    void rule_P_8_noLocaleChangesTheReply() {
        assumeReplyDependsOnMessage();
        for (String language : List.of("tr", "lt", "de")) {
            assertEventuallyEqual(
                    "the reply under the locale " + language + " to be",
                    () -> replyIn(Locale.ROOT),
                    () -> replyIn(new Locale(language)));
        }
    }

    @Verifies(value = Rule.P9, cause = "new String(bytes) and getBytes() take the system's charset; give UTF_8")
    void rule_P_9_noDefaultCharsetChangesTheReply() throws Exception {
        assumeReplyDependsOnMessage();
        Class<?> type = processor().getClass();
        NotApplicable.unless(
                !type.isHidden()
                        && Stream.of(type.getDeclaredConstructors())
                                .anyMatch(constructor -> constructor.getParameterCount() == 0),
                "another JVM can make it only if its class has a constructor without parameters");
        KitAssertions.bytes(
                "the reply with the default charset US-ASCII to be",
                replyOfJvmWith("UTF-8", type),
                replyOfJvmWith("US-ASCII", type));
    }

    @Verifies(value = Rule.P11, cause = "another order of bytes or letters, or blanks and line ends that are cut off")
    void rule_P_11_theReplyIsTheExpectedOne() {
        MessageProcessor expected = expected();
        NotApplicable.unless(expected != null, "without --expect any reply is right");
        for (String message : List.of(
                TestMessages.fresh("hello, world"),
                "",
                TestMessages.fresh("  a b") + " \n",
                TestMessages.fresh("title"),
                TestMessages.fresh("你好, straße"))) {
            byte[] bytes = message.getBytes(UTF_8);
            assertEventuallyEqual(
                    "the reply to " + KitAssertions.shown(bytes) + " to be",
                    () -> ProcessedReply.to(bytes, expected),
                    () -> ProcessedReply.to(bytes, processor()));
        }
    }

    /** The message with something before and behind it. */
    private static ByteBuffer within(ByteBuffer buffer, byte[] message) {
        while (buffer.hasRemaining()) {
            buffer.put((byte) '#');
        }
        return buffer.position(5).put(message).limit(5 + message.length).position(5);
    }

    private void assertSameReply(String where, ByteBuffer message) {
        assertEventuallyEqual(
                "the reply to a message " + where + " to be",
                () -> ProcessedReply.to(HELLO, processor()),
                () -> ProcessedReply.to(
                        message.duplicate(), ByteBuffer.allocate(ProcessedReply.MAX_PAYLOAD), processor()));
    }

    private static void assertEventuallyEqual(
            String what, Supplier<ProcessedReply> right, Supplier<ProcessedReply> checked) {
        for (int tries = 1; ; tries++) {
            ProcessedReply expected = right.get();
            ProcessedReply actual = checked.get();
            if (tries == TRIES || expected.equals(actual)) {
                KitAssertions.equal(what, expected, actual);
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
    private static void assertNoRun(ProcessedReply reply) {
        byte[] bytes = reply.bytes();
        int run = 1;
        for (int i = 1; i < bytes.length; i++) {
            run = bytes[i] == bytes[i - 1] ? run + 1 : 1;
            KitAssertions.that(run < RUN, "nothing of the message before in the reply to \"hi\"", "it was " + reply);
        }
    }

    private void assertThrowsNothing(String what, byte[] message) {
        try {
            ProcessedReply.to(message, processor());
        } catch (BufferOverflowException e) {
            // the reply is larger than a datagram
        } catch (RuntimeException | Error e) {
            throw KitAssertions.failure(
                    "a reply to " + what + ", " + KitAssertions.shown(message), "it threw " + KitAssertions.named(e));
        }
    }

    private ProcessedReply replyIn(Locale locale) {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            return ProcessedReply.to(TITLE, processor());
        } finally {
            Locale.setDefault(before);
        }
    }

    private void assumeReplyDependsOnMessage() {
        boolean depends = true;
        for (int tries = 1; depends && tries <= TRIES; tries++) {
            depends = !ProcessedReply.to(TITLE, processor()).equals(ProcessedReply.to(HELLO, processor()));
        }
        NotApplicable.unless(depends, "the reply does not depend on the message");
    }

    private static byte[] replyOfJvmWith(String charset, Class<?> type) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=" + charset,
                "-cp",
                classPath(),
                OtherCharsetJvm.class.getName(),
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
