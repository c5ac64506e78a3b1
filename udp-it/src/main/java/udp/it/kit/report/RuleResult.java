package udp.it.kit.report;

import java.util.List;
import udp.contract.KitAssertions;
import udp.contract.Rule;
import udp.internal.text.Printable;

/**
 * The result of a rule: its outcome, why the rule does not apply (or null), and the failures. All texts are printable,
 * though the checked code wrote some, so that no report need escape what its format cannot carry.
 */
public record RuleResult(Rule rule, Verdict outcome, String reason, List<Failure> failures) {
    public RuleResult {
        reason = reason == null ? null : Printable.line(reason);
    }

    /** The kinds of results. */
    public enum Verdict {
        PASS,
        FAIL,
        NOT_APPLICABLE
    }

    /** A test that failed: the circumstances (perhaps empty), one sentence, and the stack trace. */
    public record Failure(String where, String sentence, String trace) {
        private static final int MAX_TEXT = 20_000;

        public Failure {
            where = Printable.line(where);
            sentence = Printable.line(KitAssertions.cut(sentence, MAX_TEXT));
            trace = Printable.lines(KitAssertions.cut(trace, MAX_TEXT));
        }

        public String text() {
            return where.isEmpty() ? sentence : where + ": " + sentence;
        }
    }

    /** Returns whether the rule applies but cannot be tried on this computer. */
    boolean isUntried() {
        return outcome == Verdict.NOT_APPLICABLE && reason != null && reason.startsWith(KitAssertions.UNTRIED);
    }

    /** Returns whether the rule counts: the base of a score is the same wherever the check runs. */
    boolean counts() {
        return outcome != Verdict.NOT_APPLICABLE || isUntried();
    }

    boolean isDuty() {
        return rule.level() == Rule.Level.MUST;
    }

    /** Returns the outcome in words. */
    public String inWords() {
        return switch (outcome) {
            case PASS -> "pass";
            case FAIL -> isDuty() ? "FAIL" : "FAIL (SHOULD)";
            case NOT_APPLICABLE -> isUntried() ? reason : "n/a (" + reason + ")";
        };
    }
}
