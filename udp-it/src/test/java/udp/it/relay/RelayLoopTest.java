package udp.it.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.it.relay.RelayLoop.CROWD;
import static udp.it.relay.RelayLoop.MAX_UNANSWERED;
import static udp.it.relay.RelayLoop.REFUSAL_NANOS;
import static udp.it.relay.RelayLoop.SILENCE_NANOS;

import org.junit.jupiter.api.Test;

class RelayLoopTest {
    private static final long LATE = SILENCE_NANOS + 1;

    private final RelayLoop loop = new RelayLoop();

    /** Returns how many requests pass before one is refused, or the number that was sent. */
    private int passed(int newClients, int requests, long now) {
        for (int i = 0; i < requests; i++) {
            if (loop.isSuspected(i < newClients, now)) {
                return i;
            }
        }
        return requests;
    }

    @Test
    void manyNewClientsWithoutAReplyAreALoop() {
        assertEquals(MAX_UNANSWERED, passed(2000, 2000, LATE));
    }

    @Test
    void knownClientsCountAfterACrowdOfNewOnes() {
        assertEquals(MAX_UNANSWERED, passed(CROWD + 1, 2000, LATE));
        assertEquals(2000, new RelayLoopTest().passed(CROWD, 2000, LATE));
    }

    @Test
    void aReplyOfTheLastSecondShowsThatTheServerIsNone() {
        loop.noteReply(LATE);
        assertEquals(2000, passed(2000, 2000, LATE + SILENCE_NANOS));
        loop.noteReply(LATE + SILENCE_NANOS);
        assertEquals(MAX_UNANSWERED, passed(2000, 2000, LATE + LATE + SILENCE_NANOS));
    }

    /** Or a flood would keep all others out, and no reply to them could end that. */
    @Test
    void whatIsRefusedDoesNotMakeTheRefusalLonger() {
        passed(2000, 2000, LATE);
        for (int i = 0; i < 2000; i++) {
            assertTrue(loop.isSuspected(i > 0, LATE + REFUSAL_NANOS - 1));
        }
        assertFalse(loop.isSuspected(false, LATE + REFUSAL_NANOS));
        assertEquals(MAX_UNANSWERED, passed(2000, 2000, LATE + REFUSAL_NANOS));
    }
}
