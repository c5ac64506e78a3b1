package udp.it.kit;

import java.util.stream.Collectors;
import udp.it.kit.RuleResult.Failure;
import udp.it.kit.RuleResult.Outcome;

/**
 * The results as Gradescope's autograder takes them: one point for each rule that applies.
 *
 * @see <a href="https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format">Output format</a>
 */
final class Gradescope {
    private Gradescope() {}

    static String json(Score score) {
        return score.results().stream()
                .map(Gradescope::test)
                .collect(Collectors.joining(
                        ",\n",
                        "{\n  \"output\": " + quoted(score.subject() + "\n" + score.line())
                                + ",\n  \"visibility\": \"visible\",\n  \"tests\": [\n",
                        "\n  ]\n}\n"));
    }

    private static String test(RuleResult result) {
        Rule rule = result.rule();
        String points = switch (result.outcome()) {
            case PASS -> ", \"score\": 1, \"max_score\": 1, \"status\": \"passed\"";
            case FAIL -> ", \"score\": 0, \"max_score\": 1, \"status\": \"failed\"";
            case NOT_APPLICABLE -> "";
        };
        String output = result.outcome() == Outcome.NOT_APPLICABLE
                ? "not applicable: " + result.reason()
                : result.failures().stream().map(Failure::text).collect(Collectors.joining("\n"));
        return "    {\"number\": " + quoted(rule.number()) + ", \"name\": "
                + quoted(rule.level() + ": " + rule.sentence()) + points + ", \"output\": " + quoted(output)
                + ", \"visibility\": \"visible\"}";
    }

    /** Not only what JSON asks for: ASCII survives every reader. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (c >= ' ' && c < 0x7f) {
                        quoted.append(c);
                    } else {
                        quoted.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
