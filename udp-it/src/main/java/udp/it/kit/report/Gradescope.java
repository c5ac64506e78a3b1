package udp.it.kit.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.stream.Collectors;
import udp.it.kit.report.RuleResult.Failure;
import udp.it.kit.report.RuleResult.Verdict;

/**
 * The results as Gradescope's autograder takes them: one point for each rule that applies.
 *
 * @see <a href="https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format">Output format</a>
 */
final class Gradescope {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private record Results(String output, String visibility, List<Test> tests) {}

    /** The test of a rule; score, maximum and status are null, and left out, if the rule does not apply. */
    private record Test(
            String number,
            String name,
            Integer score,
            @SerializedName("max_score") Integer maxScore,
            String status,
            String output,
            String visibility) {}

    private Gradescope() {}

    static String json(RuleResults results) {
        return GSON.toJson(new Results(
                        results.subject() + "\n" + results.line(),
                        "visible",
                        results.results().stream().map(Gradescope::test).toList()))
                + "\n";
    }

    private static Test test(RuleResult result) {
        boolean applies = result.counts();
        boolean passed = result.outcome() == Verdict.PASS;
        return new Test(
                result.rule().number(),
                result.rule().level() + ": " + result.rule().sentence(),
                applies ? Integer.valueOf(passed ? 1 : 0) : null,
                applies ? 1 : null,
                !applies ? null : passed ? "passed" : "failed",
                result.reason() == null
                        ? result.failures().stream().map(Failure::text).collect(Collectors.joining("\n"))
                        : result.inWords(),
                "visible");
    }
}
