package udp.it.kit.report;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import udp.contract.Rule;
import udp.internal.text.Printable;
import udp.it.kit.report.RuleResult.Verdict;

/** The results of all rules for a subject, in their order. */
public record RuleResults(String subject, List<RuleResult> results) {
    public RuleResults {
        subject = Printable.line(subject);
    }

    /** Returns whether no rule failed, and at least one passed. */
    public boolean isFull() {
        return count(result -> result.outcome() == Verdict.FAIL) == 0
                && count(result -> result.outcome() == Verdict.PASS) > 0;
    }

    /** Returns a line for each rule, its failures below it, and the score. */
    public String table() {
        return table(false);
    }

    /** Returns the same, perhaps with all that is known of each failure. */
    public String table(boolean isVerbose) {
        int width = results.stream()
                .mapToInt(result -> result.rule().sentence().length())
                .max()
                .orElse(1);
        StringBuilder table = new StringBuilder();
        for (RuleResult result : results) {
            Rule rule = result.rule();
            table.append(String.format(
                    Locale.ROOT, "%-4s  %-" + width + "s  %s%n", rule.number(), rule.sentence(), result.inWords()));
            for (RuleResult.Failure failure : result.failures()) {
                table.append(String.format(Locale.ROOT, "      %s%n", failure.text()));
                if (isVerbose && !failure.trace().isEmpty()) {
                    table.append(failure.trace()).append(System.lineSeparator());
                }
            }
        }
        return table.append(line()).append(System.lineSeparator()).toString();
    }

    /** Returns the score in one line. */
    public String line() {
        String untried = results.stream()
                .filter(RuleResult::isUntried)
                .map(result -> result.rule().number())
                .collect(Collectors.joining(", "));
        return "score: " + passed(result -> true) + " rules"
                + (untried.isEmpty() ? "" : " (not tried: " + untried + ")") + ", MUST " + passed(RuleResult::isDuty)
                + ", SHOULD "
                + passed(result -> !result.isDuty());
    }

    private String passed(Predicate<RuleResult> which) {
        return count(which.and(result -> result.outcome() == Verdict.PASS)) + " of "
                + count(which.and(RuleResult::counts));
    }

    private long count(Predicate<RuleResult> which) {
        return results.stream().filter(which).count();
    }
}
