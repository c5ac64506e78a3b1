package udp.it.kit.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import udp.contract.Journal;
import udp.contract.Peer;
import udp.contract.Rule;
import udp.contract.Subprocess;
import udp.internal.fault.Faults;
import udp.it.kit.support.FaultyPath;

@Isolated("a journal is of one test at a time")
class EvidenceTest {
    private static final AssertionError BROKEN = new AssertionError("explained", new AssertionError("broken"));

    @BeforeEach
    @AfterEach
    void begin() {
        Journal.begin();
    }

    /** Lets the kit's peer send a message and get a reply. */
    private static void exchange(String request, String reply) throws Exception {
        try (Peer kit = new Peer(Peer.loopbacks().get(0))) {
            kit.send(request, kit.address());
            kit.receive("itself");
            kit.send(reply, kit.address());
        }
    }

    @Test
    void aClassHasItsStackTraceAlone() throws Exception {
        exchange("a", "b");
        assertEquals("the trace", Evidence.of(Rule.T1_1, BROKEN, "the trace"));
        assertEquals("the trace", Evidence.of(Rule.P9, BROKEN, "the trace"));
    }

    @Test
    void aProgramHasItsDatagramsAndItsLastWords() throws Exception {
        String script = "i=0; while [ $i -lt 40 ]; do i=$((i + 1)); echo line $i >&2; done";
        try (Subprocess program = Subprocess.start(List.of("sh", "-c", script), new byte[0], Subprocess.USUAL)) {
            program.awaitEnd("the end");
            exchange("hello", "HELLO");
            String evidence = Evidence.of(Rule.C1, BROKEN, "the trace");
            assertTrue(evidence.matches("       ms  client +kit\n(?s).*"), evidence);
            assertTrue(evidence.contains("5 B \"hello\"") && evidence.contains("5 B \"HELLO\""), evidence);
            assertTrue(evidence.contains("\nstandard error:\nline 9\n") && evidence.endsWith("\nline 40\n"), evidence);
            assertFalse(evidence.contains("the trace"), evidence);
        }
    }

    @Test
    void beforeAServerTheKitIsOnTheLeft() throws Exception {
        exchange("hello", "HELLO");
        String evidence = Evidence.of(Rule.S1, BROKEN, "the trace");
        assertTrue(evidence.matches("       ms  kit +server\n(?s).*"), evidence);
    }

    @Test
    void theStackTraceIsShownIfTheKitFailed() {
        assertEquals("\nthe trace", Evidence.of(Rule.C1, new IOException("no port"), "the trace"));
        assertEquals("\nthe trace", Evidence.of(Rule.C1, new AssertionError(new IOException("no port")), "the trace"));
        assertEquals("", Evidence.of(Rule.C1, new AssertionError(new TimeoutException("it hung")), "the trace"));
    }

    @Test
    void betweenTwoProgramsTheFatesAreShown() throws Exception {
        InetAddress loopback = Peer.loopbacks().get(0);
        try (Peer sender = new Peer(loopback);
                Peer receiver = new Peer(loopback);
                FaultyPath path = new FaultyPath(loopback, receiver.address(), Faults.NONE, 1)) {
            sender.send("part", new InetSocketAddress(loopback, path.port()));
            Peer.ReceivedDatagram part = receiver.receive("the part");
            receiver.send("acknowledgement", part.sender());
            receiver.send("acknowledgement", part.sender());
            sender.receive("its acknowledgement");
        }
        String evidence = Evidence.of(Rule.A5_1, BROKEN, "the trace");
        assertTrue(evidence.matches("       ms  client +network +server\n(?s).*"), evidence);
        assertTrue(evidence.contains("--c1 4 B \"part\"") && evidence.contains("<-s2"), evidence);
        assertTrue(evidence.contains("not passed on: lost"), evidence);
        assertTrue(evidence.endsWith("3 datagrams: 2 delivered, 1 lost\n"), evidence);
    }

    @Test
    void theLastDatagramsAreKept() throws Exception {
        for (int i = 0; i < 100; i++) {
            exchange("request " + i, "reply " + i);
        }
        String evidence = Evidence.of(Rule.C1, BROKEN, "");
        assertTrue(evidence.matches("\\([0-9]{3} earlier steps are left out\\)\n(?s).*"), evidence);
        assertTrue(evidence.contains("\"reply 99\"") && !evidence.contains("\"reply 50\""), evidence);
        assertTrue(evidence.length() < 16_000, evidence);
    }

    @Test
    void whatAProgramWritesDrivesNoTerminal() throws Exception {
        try (Subprocess program = Subprocess.start(
                List.of("sh", "-c", "printf '\\033[2J\\tat x\\n' >&2"), new byte[0], Subprocess.USUAL)) {
            program.awaitEnd("the end");
            assertEquals("\\u001b[2J    at x", program.errors());
            assertEquals("\nstandard error:\n\\u001b[2J    at x\n", Evidence.of(Rule.C1, BROKEN, ""));
        }
    }
}
