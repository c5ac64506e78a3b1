package udp.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import udp.server.statistics.DropReason;
import udp.test.ScriptedTransport;

@Timeout(20)
class ServerLogTest {
    private final Records records = Records.attach();
    private static final IllegalStateException BUG = new IllegalStateException("bug");

    private long clock = System.nanoTime();
    private final ServerLog log = new ServerLog(() -> clock);

    @AfterEach
    void detach() {
        records.close();
    }

    @Test
    void aDropIsReported() {
        log.reportDropped(DropReason.SEND_FAILED, ScriptedTransport.PEER, new IOException("no route"));
        assertEquals(
                List.of("dropped a datagram from 127.0.0.1:4007: send failed: IOException: no route"),
                records.messages());
    }

    @Test
    void aProcessorsFailureIsReportedWithItsAuthorsLine() {
        Exception cause =
                assertThrows(IndexOutOfBoundsException.class, () -> new ArrayList<>().get(3)); // in jdk.internal
        log.reportDropped(DropReason.PROCESSOR_FAILED, ScriptedTransport.PEER, cause);
        assertTrue(records.messages().get(0).contains(" at ServerLogTest.java:"), records.messages()::toString);
    }

    @Test
    void aBurstIsReportedOnceASecondAndCounted() {
        for (int drop = 0; drop < 5; drop++) {
            log.reportDropped(DropReason.PROCESSOR_FAILED, ScriptedTransport.PEER, BUG);
        }
        clock += 999_999_999;
        log.reportDropped(DropReason.PROCESSOR_FAILED, ScriptedTransport.PEER, BUG);
        assertEquals(1, records.messages().size());
        clock++;
        log.reportDropped(DropReason.PROCESSOR_FAILED, ScriptedTransport.PEER, BUG);
        assertEquals(2, records.messages().size());
        assertTrue(records.messages().get(1).endsWith(" (and 5 more since the last report)"));
    }

    @Test
    void aFloodForOneReasonDoesNotHideAnother() {
        log.reportDropped(DropReason.SEND_FAILED, ScriptedTransport.PEER, new IOException("a"));
        log.reportDropped(DropReason.PROCESSOR_FAILED, ScriptedTransport.PEER, BUG);
        assertEquals(2, records.messages().size());
    }

    @Test
    void anExceptionWhoseMessageFailsIsHarmless() {
        log.reportDropped(DropReason.PROCESSOR_FAILED, ScriptedTransport.PEER, new RuntimeException() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException();
            }
        });
    }

    @Test
    void eachServerHasItsLimit() {
        log.reportDropped(DropReason.SEND_FAILED, ScriptedTransport.PEER, new IOException("a"));
        new ServerLog(() -> clock).reportDropped(DropReason.SEND_FAILED, ScriptedTransport.PEER, new IOException("b"));
        assertEquals(2, records.messages().size());
    }

    @Test
    void aMessageCannotForgeLinesAndIsNoFormat() {
        log.reportDropped(
                DropReason.PROCESSOR_FAILED,
                ScriptedTransport.PEER,
                new IllegalStateException("a\nb\u001b[2J\u202e it's {0} {9}"));
        assertTrue(
                records.messages()
                        .get(0)
                        .startsWith("dropped a datagram from 127.0.0.1:4007: processor failed: IllegalStateException: "
                                + "a\\u000ab\\u001b[2J\\u202e it's {0} {9} at ServerLogTest.java:"),
                records.messages()::toString);
    }

    @Test
    void aFailureWithoutAMessageIsNamedByItsKind() {
        log.reportDropped(DropReason.PROCESSOR_FAILED, ScriptedTransport.PEER, new StackOverflowError());
        assertTrue(
                records.messages().get(0).contains("processor failed: StackOverflowError"),
                records.messages().toString());
        assertTrue(
                !records.messages().get(0).contains("null"), records.messages().toString());
    }
}
