package udp.internal.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StepTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 7);
    private static final Step WHOLE = Step.of(Instant.EPOCH, -1, "udp-client", Call.SENDTO, "DatagramChannel.send")
            .between(PEER, PEER)
            .withData(new byte[] {0, -1})
            .withNote("again")
            .withFailure("no network")
            .withDatagram("c1", "lost");

    @ParameterizedTest
    @EnumSource
    void aStepIsReadAsItWasWritten(Call call) {
        Step written = new Step(
                WHOLE.time(),
                7,
                "udp-server",
                call,
                null,
                WHOLE.local(),
                WHOLE.peer(),
                WHOLE.data(),
                "",
                null,
                "c1",
                "lost");
        assertEquals(written.toMembers(), Step.fromMembers(written.toMembers()).toMembers());
        assertEquals(call, Step.fromMembers(written.toMembers()).call());
    }

    @Test
    void everyTextIsPrintableWhoeverWroteIt() {
        String hostile = "\u001b]0;x\u0007\u009b2J\u202e\ufffe\ud800\r\n\0";
        Step step = new Step(
                Instant.EPOCH,
                0,
                hostile,
                Call.BIND,
                hostile,
                hostile,
                hostile,
                null,
                hostile,
                hostile,
                hostile,
                hostile);
        for (String text : List.of(
                step.program(), step.java(), step.local(), step.note(), step.failure(), step.datagram(), step.fate())) {
            assertEquals("\\u001b]0;x\\u0007\\u009b2J\\u202e\\ufffe\\ud800\\u000d\\u000a\\u0000", text);
        }
        assertEquals(step.local(), step.peer());
    }

    @Test
    void allMembersAreRead() {
        Step read = Step.fromMembers(WHOLE.toMembers());
        assertEquals(13, WHOLE.toMembers().size());
        assertEquals(WHOLE.toMembers(), read.toMembers());
        assertArrayEquals(new byte[] {0, -1}, read.data());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time  |           | no \"time\"",
                "time  | yesterday | malformed \"time\"",
                "nanos |           | no \"nanos\"",
                "nanos | soon      | malformed \"nanos\"",
                "call  |           | no \"call\"",
                "call  | fly()     | unknown call 'fly()'",
                "program |         | no \"program\"",
                "local |           | no \"local\"",
                "data  | 0         | malformed \"data\"",
                "data  | 0x        | malformed \"data\"",
            })
    void aMemberThatIsMissingOrMalformedIsRefused(String name, String value, String message) {
        Map<String, String> members = WHOLE.toMembers();
        members.remove(name);
        if (value != null) {
            members.put(name, value);
        }
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Step.fromMembers(members))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({"peer", "data"})
    void aDatagramThatMovedHasAPeerAndItsBytes(String name) {
        Map<String, String> members = WHOLE.withFailure(null).toMembers();
        members.remove(name);
        assertThrows(IllegalArgumentException.class, () -> Step.fromMembers(members));
    }
}
