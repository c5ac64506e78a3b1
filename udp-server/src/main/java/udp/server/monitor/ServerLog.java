package udp.server.monitor;

import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import udp.internal.text.Printable;

/**
 * Logs drops and failures, of each kind at most one a second, so that whoever causes them cannot fill the
 * disk. The stack trace is for those who log at the level DEBUG. Thread-safe.
 */
public final class ServerLog {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private static final class Report {
        private final long at;
        private long silent;

        Report(long at) {
            this.at = at;
        }
    }

    private final LongSupplier nanoTime;
    private final Map<String, Report> reports = new HashMap<>();

    public ServerLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public void dropped(DropReason reason, InetSocketAddress peer, Throwable cause) {
        report(
                reason.toString(),
                () -> "dropped a datagram from " + Printable.address(peer) + ": " + reason + ": "
                        + Printable.line(text(cause)) + place(cause),
                cause);
    }

    public void receiveFailed(Throwable cause) {
        report("receive failed", () -> "receiving failed, trying again: " + Printable.line(text(cause)), cause);
    }

    public void replaced(InetSocketAddress local, Throwable cause) {
        report(
                "replaced",
                () -> "opened another socket on " + Printable.address(local) + ", since the one before failed: "
                        + Printable.line(text(cause)),
                cause);
    }

    private void report(String kind, Supplier<String> text, Throwable cause) {
        long silent = silentBefore(kind);
        if (silent < 0) {
            return;
        }
        String more = silent == 0 ? "" : " (and " + silent + " more since the last report)";
        try {
            System.Logger logger = System.getLogger("udp.server"); // not before it is needed: it takes long to load
            logger.log(Level.WARNING, text.get() + more);
            logger.log(Level.DEBUG, "its stack trace", cause);
        } catch (RuntimeException | Error e) {
            // a message or a log that fails is no reason to end the server
        }
    }

    /** How many of a kind were not reported before this one, or -1 if it is not to be reported either. */
    private synchronized long silentBefore(String kind) {
        long now = nanoTime.getAsLong();
        Report last = reports.get(kind);
        if (last != null && now - last.at < INTERVAL) {
            last.silent++;
            return -1;
        }
        reports.put(kind, new Report(now));
        return last == null ? 0 : last.silent;
    }

    private static String text(Throwable cause) {
        String kind = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
    }

    /** Where a processor failed is what its author asks first. */
    private static String place(Throwable cause) {
        for (StackTraceElement frame : cause.getStackTrace()) {
            if (!frame.getClassName().startsWith("java.")) {
                return " at " + frame.getFileName() + ":" + frame.getLineNumber();
            }
        }
        return "";
    }
}
