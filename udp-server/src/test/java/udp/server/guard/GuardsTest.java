package udp.server.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import udp.server.statistics.DropReason;
import udp.test.ScriptedTransport;

class GuardsTest {
    private static final InetSocketAddress ECHO_SERVICE = new InetSocketAddress("127.0.0.1", 7);

    /** Otherwise forged sources could use up the replies of a network. */
    @Test
    void aRefusedSourceTakesNoneOfTheReplies() {
        Guards guards = guards(RateLimit.of(1));
        assertEquals(DropReason.SOURCE_REFUSED, check(guards, ECHO_SERVICE, "a"));
        assertNull(check(guards, ScriptedTransport.PEER, "a"));
        assertEquals(DropReason.RATE_LIMITED, check(guards, ScriptedTransport.PEER, "a"));
    }

    /** In a loop with a server that changes each message, only the replies reveal that the requests are not new. */
    @Test
    void theLoopGuardLearnsOfReplies() {
        Guards guards = guards(RateLimit.NONE);
        DropReason reason = null;
        for (int i = 0; i < 2 * LoopGuard.RUN && reason == null; i++) {
            reason = check(guards, ScriptedTransport.PEER, "a" + i);
            guards.recordReply(ScriptedTransport.PEER, UTF_8.encode("a" + (i + 1)));
        }
        assertEquals(DropReason.LOOP_SUSPECTED, reason);
    }

    private static DropReason check(Guards guards, InetSocketAddress peer, String request) {
        return guards.check(peer, UTF_8.encode(request));
    }

    private static Guards guards(RateLimit limit) {
        return new Guards(Set.of(ScriptedTransport.LOCAL), limit);
    }
}
