package udp.server;

import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import udp.api.cli.Printable;

/**
 * Logs drops, for each reason at most one a second, so that whoever causes them cannot fill the disk. The stack trace is
 * for those who log at the level DEBUG. One thread.
 */
final class DropLog {
    private static final System.Logger LOGGER = System.getLogger("udp.server");
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private static final class Reported {
        private final long at;
        private long silent;

        Reported(long at) {
            this.at = at;
        }
    }

    private final LongSupplier nanoTime;
    private final Map<DropReason, Reported> reports = new EnumMap<>(DropReason.class);

    DropLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void dropped(DropReason reason, InetSocketAddress peer, Throwable cause) {
        long now = nanoTime.getAsLong();
        Reported last = reports.get(reason);
        if (last != null && now - last.at < INTERVAL) {
            last.silent++;
            return;
        }
        reports.put(reason, new Reported(now));
        String more = last == null || last.silent == 0 ? "" : " (and " + last.silent + " more since the last report)";
        try {
            LOGGER.log(
                    Level.WARNING,
                    "dropped a datagram from " + Printable.address(peer) + ": " + reason + ": "
                            + Printable.line(text(cause)) + place(cause) + more);
            LOGGER.log(Level.DEBUG, "the last one's stack trace", cause);
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
