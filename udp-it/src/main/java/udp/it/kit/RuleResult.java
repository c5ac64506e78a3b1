package udp.it.kit;

import java.util.List;

/**
 * What became of a rule.
 *
 * @param rule the rule
 * @param outcome passed, failed or not applicable
 * @param reason why it is not applicable, or null
 * @param failures what went wrong
 */
record RuleResult(Rule rule, Outcome outcome, String reason, List<Failure> failures) {
    enum Outcome {
        PASS,
        FAIL,
        NOT_APPLICABLE
    }

    /**
     * A test that failed.
     *
     * @param where under which circumstances, perhaps empty
     * @param sentence what was expected, what happened, and the common cause
     * @param trace the stack trace
     */
    record Failure(String where, String sentence, String trace) {
        String text() {
            return where.isEmpty() ? sentence : where + ": " + sentence;
        }
    }

    boolean isDuty() {
        return rule.level() == Rule.Level.MUST;
    }

    /** The outcome in words. */
    String verdict() {
        return switch (outcome) {
            case PASS -> "pass";
            case FAIL -> isDuty() ? "FAIL" : "FAIL (SHOULD)";
            case NOT_APPLICABLE -> "n/a (" + reason + ")";
        };
    }
}
