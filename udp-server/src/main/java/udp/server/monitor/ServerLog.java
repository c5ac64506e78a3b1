package udp.server.monitor;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import udp.internal.text.Printable;
import udp.server.statistics.DropReason;

/**
 * Logs drops and failures: of each kind at most one report a second, so that a peer that causes them cannot fill the disk.
 * The stack trace is logged at the level DEBUG. Thread-safe.
 */
public final class ServerLog {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private static final class LastReport {
        private final long at;
        private long suppressed;

        LastReport(long at) {
            this.at = at;
        }
    }

    private final LongSupplier nanoTime;
    private final Map<String, LastReport> reports = new HashMap<>();

    /** Makes a log that takes the time, in nanoseconds, from a monotonic clock. */
    public ServerLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void reportDropped(DropReason reason, InetSocketAddress peer, Throwable cause) {
        report(
                reason.toString(),
                () -> "dropped a datagram from " + Printable.address(peer) + ": " + reason + ": "
                        + Printable.line(text(cause)) + (reason == DropReason.SEND_FAILED ? "" : place(cause)),
                cause);
    }

    void reportReceiveFailed(Throwable cause) {
        report("receive failed", () -> "receiving failed, trying again: " + Printable.line(text(cause)), cause);
    }

    void reportReplaced(InetSocketAddress local, Throwable cause) {
        report(
                "replaced",
                () -> "opened another socket on " + Printable.address(local) + ", since the one before failed: "
                        + Printable.line(text(cause)),
                cause);
    }

    private void report(String kind, Supplier<String> text, Throwable cause) {
        long suppressed = suppressedBefore(kind);
        if (suppressed < 0) {
            return;
        }
        String more = suppressed == 0 ? "" : " (and " + suppressed + " more since the last report)";
        try {
            System.Logger logger = System.getLogger("udp.server"); // Loading it takes long, so only when it is needed.
            logger.log(Level.WARNING, text.get() + more);
            logger.log(Level.DEBUG, () -> "its stack trace:\n" + Printable.lines(trace(cause)));
        } catch (RuntimeException | Error e) {
            // A message or a log that fails must not end the server.
        }
    }

    /** Returns how many reports of a kind were suppressed before this one, or -1 if this one is suppressed too. */
    private synchronized long suppressedBefore(String kind) {
        long now = nanoTime.getAsLong();
        LastReport last = reports.get(kind);
        if (last != null && now - last.at < INTERVAL) {
            last.suppressed++;
            return -1;
        }
        reports.put(kind, new LastReport(now));
        return last == null ? 0 : last.suppressed;
    }

    private static String text(Throwable cause) {
        String kind = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
    }

    /** Returns the stack trace, for the log at DEBUG alone: an author may ask for it, and a user never sees it. */
    private static String trace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    /** Returns where a processor failed, which its author asks first. */
    private static String place(Throwable cause) {
        for (StackTraceElement frame : cause.getStackTrace()) {
            if (!frame.getClassName().matches("(java|jdk|sun)\\..*")) {
                return " at " + frame.getFileName() + ":" + frame.getLineNumber();
            }
        }
        return "";
    }
}
