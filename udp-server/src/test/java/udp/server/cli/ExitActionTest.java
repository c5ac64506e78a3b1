package udp.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExitActionTest {
    @Test
    void theActionRunsOnceHoweverOftenItIsClosed() {
        AtomicInteger runs = new AtomicInteger();
        ExitAction exit = ExitAction.register(runs::incrementAndGet);
        assertTrue(exit.isPending());
        assertEquals(0, runs.get());
        exit.close();
        exit.close();
        assertEquals(1, runs.get());
    }
}
