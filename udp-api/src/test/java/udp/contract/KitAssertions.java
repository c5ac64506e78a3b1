package udp.contract;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Compares, and fails with "expected this, but that". */
public final class KitAssertions {
    /** Limits the wait for what comes at once on an idle machine. */
    public static final int PATIENCE_SECONDS = 5;

    private static final int SHOWN = 40;
    private static final int MAX_MESSAGE = 2000;
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    /** Begins the reason of a rule that applies, but cannot be tried on this computer: it counts as not kept. */
    public static final String UNTRIED = "not tried: ";

    private KitAssertions() {}

    public static AssertionError failure(String expected, String happened) {
        return new AssertionError("expected " + expected + ", but " + happened);
    }

    /** Returns a failure whose cause is known better than the test's common cause. */
    public static AssertionError failure(String expected, String happened, String cause) {
        return new ExplainedFailure("expected " + expected + ", but " + happened, cause);
    }

    /** Returns a failure with its cause, unless the cause is known already. */
    public static AssertionError explained(AssertionError failure, String cause) {
        return failure instanceof ExplainedFailure ? failure : new ExplainedFailure(failure(failure), cause);
    }

    /** A failure with its cause. */
    static final class ExplainedFailure extends AssertionError {
        private static final long serialVersionUID = 1;
        private final String knownCause;

        ExplainedFailure(String message, String knownCause) {
            super(message);
            this.knownCause = knownCause;
        }

        String knownCause() {
            return knownCause;
        }
    }

    public static void that(boolean holds, String expected, String happened) {
        if (!holds) {
            throw failure(expected, happened);
        }
    }

    public static void equal(String what, Object expected, Object actual) {
        that(Objects.equals(expected, actual), what + " " + text(expected), "it was " + text(actual));
    }

    private static String text(Object value) {
        return value instanceof InetSocketAddress address ? address(address) : String.valueOf(value);
    }

    public static void bytes(String what, byte[] expected, byte[] actual) {
        that(Arrays.equals(expected, actual), what + " " + shown(expected), "it was " + difference(expected, actual));
    }

    /** Requires that bytes are the expected ones, perhaps with more behind them. */
    public static void startsWith(String what, byte[] expected, byte[] actual) {
        if (!Arrays.equals(expected, Arrays.copyOf(actual, Math.min(actual.length, expected.length)))) {
            bytes(what, expected, actual);
        }
    }

    /** Returns the bytes as text, and their number, which tells of a wrong length. */
    public static String shown(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String start = text.codePointCount(0, text.length()) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "...";
        String size = bytes.length == 1 ? "1 byte" : bytes.length + " bytes";
        return bytes.length == 0 ? "empty" : "\"" + line(start).replace("\\u0000", "\\0") + "\" (" + size + ")";
    }

    private static String difference(byte[] expected, byte[] actual) {
        int at = Arrays.mismatch(expected, actual);
        return shown(actual) + (at < SHOWN || at == actual.length ? "" : ", different from byte " + at + " on");
    }

    /** Runs what must throw. */
    public static <X extends Throwable> X thrown(String what, Class<X> type, Callable<?> call) {
        String expected = what + " to throw " + type.getSimpleName();
        try {
            call.call();
        } catch (AssertionError e) {
            throw e;
        } catch (Throwable e) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
            AssertionError failure = failure(expected, "it threw " + named(e));
            failure.initCause(e);
            throw failure;
        }
        throw failure(expected, "it returned");
    }

    /** Returns the message of a failure, or its kind if it has no message that can be read. */
    public static String failure(Throwable e) {
        return failure(e, MAX_MESSAGE);
    }

    /** Returns the beginning of the message of a failure, or its kind if it has no message that can be read. */
    public static String failure(Throwable e, int max) {
        String message = null;
        try {
            message = e.getMessage();
        } catch (Throwable unreadable) {
            // What is checked may override the method.
        }
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : cut(message, max);
    }

    /** Returns a text, or its beginning and how long it is. */
    public static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + "... (" + text.length() + " characters)";
    }

    /** Returns text without line breaks and anything that changes how the rest is shown. */
    public static String line(String text) {
        return HIDDEN.matcher(text)
                .replaceAll(hidden -> "\\\\u"
                        + String.format(Locale.ROOT, "%04x", hidden.group().codePointAt(0)));
    }

    private static String address(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? line(address.getHostString())
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    public static String named(Throwable e) {
        String kind = e.getClass().getSimpleName();
        String message = failure(e, MAX_MESSAGE / 4);
        return message.equals(kind) ? kind : kind + " (" + message + ")";
    }

    /** Runs what may hang in another thread, so that only this test fails. */
    public static <T> T within(String what, Callable<T> call) throws Exception {
        return result(what, inThread(call));
    }

    public static <T> T result(String what, FutureTask<T> task) throws Exception {
        try {
            return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw failure(what, "it went on waiting (" + PATIENCE_SECONDS + " s)");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw (Error) e.getCause();
        }
    }

    public static <T> FutureTask<T> inThread(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "contract");
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
