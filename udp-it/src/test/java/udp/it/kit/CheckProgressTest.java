package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import udp.contract.Rule;
import udp.internal.cli.Shell;
import udp.it.kit.run.RuleTally;
import udp.test.TestShell;

class CheckProgressTest {
    @Test
    void aTerminalShowsWhatIsNew() throws Exception {
        TestShell shell = new TestShell(Set.of(Shell.ERR), "");
        CountDownLatch asked = new CountDownLatch(5);
        try (CheckProgress progress = new CheckProgress(shell.shell(), () -> line(asked), 1)) {
            progress.start();
            asked.await();
        }
        assertEquals("udp-it check: early\nudp-it check: late\n", shell.err());
    }

    private static String line(CountDownLatch asked) {
        asked.countDown();
        return asked.getCount() > 2 ? "early" : "late";
    }

    @Test
    void nothingElseShowsIt() {
        TestShell shell = new TestShell(Set.of(Shell.OUT), "");
        try (CheckProgress progress = new CheckProgress(shell.shell(), () -> "x", 1)) {
            progress.start();
        }
        assertEquals("", shell.err());
    }

    @Test
    void theTestThatRunsOrTheLastNoteIsShown() {
        RuleTally tally = new RuleTally("test", List.of(Rule.C1, Rule.C2));
        assertEquals("", tally.progress());
        tally.plan(Rule.C1);
        tally.plan(Rule.C2);
        tally.ready();
        assertEquals("0 of 2 tests, starting", tally.progress());
        tally.begin("1", Rule.C1, "");
        tally.pass();
        tally.begin("2", Rule.C2, "over IPv6");
        assertEquals("1 of 2 tests, C.2 over IPv6", tally.progress());
        tally.note("survived: 5 networks");
        assertEquals("survived: 5 networks", tally.progress());
    }
}
