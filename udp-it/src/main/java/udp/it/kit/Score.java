package udp.it.kit;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import udp.it.kit.RuleResult.Outcome;

/**
 * The results of all rules, in their order.
 *
 * @param subject what was checked
 * @param results one for each rule
 */
record Score(String subject, List<RuleResult> results) {
    boolean isFull() {
        return results.stream().noneMatch(result -> result.outcome() == Outcome.FAIL);
    }

    /** One line for each rule, those of its failures below it, and the score. */
    String table() {
        int width = results.stream()
                .mapToInt(result -> result.rule().sentence().length())
                .max()
                .orElse(1);
        StringBuilder table = new StringBuilder();
        for (RuleResult result : results) {
            Rule rule = result.rule();
            table.append(String.format(
                    Locale.ROOT, "%-4s  %-" + width + "s  %s%n", rule.number(), rule.sentence(), result.verdict()));
            result.failures().forEach(failure -> table.append(String.format("      %s%n", failure.text())));
        }
        return table.append(line()).append(System.lineSeparator()).toString();
    }

    String line() {
        return "score: " + passed(result -> true) + " rules, MUST " + passed(RuleResult::isDuty) + ", SHOULD "
                + passed(result -> !result.isDuty());
    }

    private String passed(Predicate<RuleResult> which) {
        return count(which.and(result -> result.outcome() == Outcome.PASS)) + " of "
                + count(which.and(result -> result.outcome() != Outcome.NOT_APPLICABLE));
    }

    private long count(Predicate<RuleResult> which) {
        return results.stream().filter(which).count();
    }
}
