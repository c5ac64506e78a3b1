package udp.it.kit.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import udp.internal.text.Printable;
import udp.it.kit.report.RuleResult.Failure;

/** The results as one page that needs nothing else: no network, no script; light or dark as the reader has it. */
final class HtmlPage {
    private HtmlPage() {}

    static String of(RuleResults results) {
        List<Map<String, Object>> rows =
                results.results().stream().map(HtmlPage::row).toList();
        return Mustache.compiler()
                .compile(template())
                .execute(Map.of("subject", shown(results.subject()), "score", results.line(), "rows", rows));
    }

    private static Map<String, Object> row(RuleResult result) {
        return Map.of(
                "number", result.rule().number(),
                "sentence", result.rule().sentence(),
                "intent", result.rule().intent(),
                "failures", result.failures().stream().map(HtmlPage::failure).toList(),
                "outcome", result.outcome().name(),
                "verdict", shown(result.inWords()));
    }

    private static Map<String, Object> failure(Failure failure) {
        return Map.of(
                "text", shown(failure.text()),
                "traced", !failure.trace().isEmpty(),
                "trace", shown(failure.trace().replace("\t", "    ")));
    }

    /** Returns text whose lines hold no control characters. */
    private static String shown(String text) {
        return text.lines().map(Printable::line).collect(Collectors.joining("\n"));
    }

    private static String template() {
        try (InputStream template = HtmlPage.class.getResourceAsStream("results.html")) {
            return new String(template.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
