package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import udp.it.kit.RuleResult.Outcome;

/** What the kit says of something of which it is known what is wrong with it. */
final class Verdicts {
    private Verdicts() {}

    static Score examine(String letter, List<Trial> trials) {
        List<Rule> rules = Stream.of(Rule.values())
                .filter(rule -> rule.name().startsWith(letter))
                .toList();
        Examination examination = new Examination("test", rules, score -> {});
        trials.forEach(examination::run);
        return examination.score();
    }

    /** Exactly these rules; one that does not apply on this host cannot be broken. */
    static void assertFails(Set<Rule> broken, Score score) {
        Set<Rule> expected = EnumSet.noneOf(Rule.class);
        Set<Rule> failed = EnumSet.noneOf(Rule.class);
        for (RuleResult result : score.results()) {
            if (broken.contains(result.rule()) && result.outcome() != Outcome.NOT_APPLICABLE) {
                expected.add(result.rule());
            }
            if (result.outcome() == Outcome.FAIL) {
                failed.add(result.rule());
            }
        }
        assertEquals(expected, failed, score::table);
    }
}
