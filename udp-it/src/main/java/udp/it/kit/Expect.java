package udp.it.kit;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import udp.internal.text.Printable;

/** Comparisons that fail with "expected this, but that". */
final class Expect {
    /** How long to wait for what comes at once on an idle machine. */
    static final int PATIENCE_SECONDS = 5;

    private static final int SHOWN = 40;

    private Expect() {}

    static AssertionError failure(String expected, String happened) {
        return new AssertionError("expected " + expected + ", but " + happened);
    }

    static void that(boolean holds, String expected, String happened) {
        if (!holds) {
            throw failure(expected, happened);
        }
    }

    static void equal(String what, Object expected, Object actual) {
        that(Objects.equals(expected, actual), what + " " + text(expected), "it was " + text(actual));
    }

    private static String text(Object value) {
        return value instanceof InetSocketAddress address ? Printable.address(address) : String.valueOf(value);
    }

    static void bytes(String what, byte[] expected, byte[] actual) {
        that(Arrays.equals(expected, actual), what + " " + shown(expected), "it was " + difference(expected, actual));
    }

    /** The bytes as text and their number, which is what a wrong length shows in. */
    static String shown(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String start = text.codePointCount(0, text.length()) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "...";
        String size = bytes.length == 1 ? "1 byte" : bytes.length + " bytes";
        return bytes.length == 0
                ? "empty"
                : "\"" + Printable.line(start).replace("\\u0000", "\\0") + "\" (" + size + ")";
    }

    private static String difference(byte[] expected, byte[] actual) {
        int at = Arrays.mismatch(expected, actual);
        return shown(actual) + (at < SHOWN || at == actual.length ? "" : ", different from byte " + at + " on");
    }

    /** Runs what must throw. */
    static <X extends Throwable> X thrown(String what, Class<X> type, Callable<?> call) {
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

    static String named(Throwable e) {
        String kind = e.getClass().getSimpleName();
        return Printable.failure(e).equals(kind) ? kind : kind + " (" + e.getMessage() + ")";
    }

    /** Runs what may hang, on a thread of its own, so that it costs this test alone. */
    static <T> T within(String what, Callable<T> call) throws Exception {
        return result(what, inThread(call));
    }

    static <T> T result(String what, FutureTask<T> task) throws Exception {
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

    static <T> FutureTask<T> inThread(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "udp-it test");
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
