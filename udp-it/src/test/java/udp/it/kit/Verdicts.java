package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import udp.contract.Rule;
import udp.it.kit.report.RuleResult;
import udp.it.kit.report.RuleResult.Verdict;
import udp.it.kit.report.RuleResults;
import udp.it.kit.run.ContractRun;
import udp.it.kit.run.ContractRunner;
import udp.it.kit.run.RuleTally;

/** The verdicts of the kit on implementations whose mistakes are known. */
final class Verdicts {
    private Verdicts() {}

    static RuleResults examine(String letter, List<ContractRun> runs) {
        List<Rule> rules = Stream.of(Rule.values())
                .filter(rule -> rule.name().startsWith(letter))
                .toList();
        RuleTally tally = new RuleTally("test", rules);
        ContractRunner runner = new ContractRunner(tally, Set.of());
        runner.plan(runs);
        runs.forEach(runner::run);
        return tally.results();
    }

    /** Asserts that exactly these rules fail, and that each names one of the causes, with a bar between them. */
    static void assertFails(Set<Rule> broken, String causes, RuleResults results) {
        assertFails(broken, results);
        for (RuleResult result : results.results()) {
            for (RuleResult.Failure failure : result.failures()) {
                assertTrue(
                        Stream.of(causes.split("\\|")).anyMatch(failure.sentence()::contains),
                        () -> causes + "\n" + results.table());
            }
        }
    }

    /** Asserts that exactly these rules fail. A rule that does not apply on this host cannot fail. */
    static void assertFails(Set<Rule> broken, RuleResults results) {
        Set<Rule> expected = EnumSet.noneOf(Rule.class);
        Set<Rule> failed = EnumSet.noneOf(Rule.class);
        for (RuleResult result : results.results()) {
            if (broken.contains(result.rule()) && result.outcome() != Verdict.NOT_APPLICABLE) {
                expected.add(result.rule());
            }
            if (result.outcome() == Verdict.FAIL) {
                failed.add(result.rule());
            }
        }
        assertEquals(expected, failed, results::table);
    }
}
