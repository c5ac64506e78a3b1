package udp.server;

import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import udp.api.cli.Printable;
import udp.api.cli.Program;

/** Logs drops, at most one a second, so that whoever causes them cannot fill the disk. One thread. */
final class DropLog {
    private static final System.Logger LOGGER = System.getLogger("udp.server");
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private long last = System.nanoTime() - INTERVAL;
    private long silent;

    void dropped(DropReason reason, InetSocketAddress peer, Throwable cause) {
        long now = System.nanoTime();
        if (now - last < INTERVAL) {
            silent++;
            return;
        }
        LOGGER.log(
                Level.WARNING,
                "dropped a datagram from {0}: {1}: {2}{3}",
                Printable.line(peer.toString()),
                reason,
                Printable.line(cause.getClass().getSimpleName() + ": " + Program.text(cause)),
                silent == 0 ? "" : " (and " + silent + " more since the last report)");
        last = now;
        silent = 0;
    }
}
