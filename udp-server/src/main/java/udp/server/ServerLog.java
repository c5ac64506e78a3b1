package udp.server;

import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import udp.api.cli.Printable;

/**
 * Logs drops and failures, of each kind at most one a second, so that whoever causes them cannot fill the disk. The stack trace is
 * for those who log at the level DEBUG. One thread.
 */
final class ServerLog {
    private static final System.Logger LOGGER = System.getLogger("udp.server");
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

    ServerLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void dropped(DropReason reason, InetSocketAddress peer, Throwable cause) {
        report(
                reason.toString(),
                () -> "dropped a datagram from " + Printable.address(peer) + ": " + reason + ": "
                        + Printable.line(text(cause)) + place(cause),
                cause);
    }

    void receiveFailed(Throwable cause) {
        report("receive failed", () -> "receiving failed, trying again: " + Printable.line(text(cause)), cause);
    }

    private void report(String kind, Supplier<String> text, Throwable cause) {
        long now = nanoTime.getAsLong();
        Report last = reports.get(kind);
        if (last != null && now - last.at < INTERVAL) {
            last.silent++;
            return;
        }
        reports.put(kind, new Report(now));
        String more = last == null || last.silent == 0 ? "" : " (and " + last.silent + " more since the last report)";
        try {
            LOGGER.log(Level.WARNING, text.get() + more);
            LOGGER.log(Level.DEBUG, "its stack trace", cause);
        } catch (RuntimeException | Error e) {
            // a message or a log that fails is no reason to end the server
        }
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
