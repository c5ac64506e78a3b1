package udp.it.kit.report;

import java.util.List;
import java.util.Map;
import udp.it.html.HtmlTemplate;
import udp.it.kit.report.RuleResult.Failure;

/** The results as one page that needs nothing else: no network, no script; light or dark as the reader has it. */
final class HtmlPage {
    private HtmlPage() {}

    static String of(RuleResults results) {
        List<Map<String, Object>> rows =
                results.results().stream().map(HtmlPage::row).toList();
        return HtmlTemplate.fill(
                HtmlPage.class,
                "results.html",
                Map.of("subject", results.subject(), "score", results.line(), "rows", rows));
    }

    private static Map<String, Object> row(RuleResult result) {
        return Map.of(
                "number", result.rule().number(),
                "sentence", result.rule().sentence(),
                "intent", result.rule().intent(),
                "failures", result.failures().stream().map(HtmlPage::failure).toList(),
                "outcome", result.outcome().name(),
                "verdict", result.inWords());
    }

    private static Map<String, Object> failure(Failure failure) {
        return Map.of(
                "text", failure.text(),
                "traced", !failure.trace().isEmpty(),
                "trace", failure.trace());
    }
}
