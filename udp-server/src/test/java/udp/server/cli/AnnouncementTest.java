package udp.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.BindException;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import udp.internal.cli.UsageException;
import udp.server.statistics.Statistics;
import udp.test.ScriptedTransport;

/** The tests of what {@code MainTest} does not see: other systems tell less, and share no ports. */
class AnnouncementTest {
    @Test
    void theSummaryLeavesOutWhatTheSystemDoesNotTell() {
        Statistics statistics = new Statistics(1, 1, Map.of());
        assertEquals(
                "udp-server: received 1, replied 1, dropped 0", Announcement.summary(statistics, OptionalLong.empty()));
        assertEquals(
                "udp-server: received 1, replied 1, dropped 0, dropped by the kernel 7",
                Announcement.summary(statistics, OptionalLong.of(7)));
    }

    @Test
    void aSystemThatSharesNoPortsMakesWorkersWrongUsage() {
        UsageException e = assertThrows(
                UsageException.class,
                () -> Announcement.orExplain(ScriptedTransport.LOCAL, () -> {
                    throw new UnsupportedOperationException("'SO_REUSEPORT' not supported");
                }));
        assertEquals("--workers: this system does not let sockets share a port", e.getMessage());
    }

    @Test
    void aFailureToBindNamesTheAddressAndAWayOut() {
        BindException cause = new BindException();
        IOException e = assertThrows(
                IOException.class,
                () -> Announcement.orExplain(ScriptedTransport.LOCAL, () -> {
                    throw cause;
                }));
        assertEquals(
                "cannot bind 127.0.0.1:50007: BindException"
                        + "; choose another with --port or --bind, or stop the program that has it",
                e.getMessage());
        assertSame(cause, e.getCause());
    }
}
