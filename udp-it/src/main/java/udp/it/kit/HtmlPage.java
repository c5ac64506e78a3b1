package udp.it.kit;

import udp.it.Html;
import udp.it.kit.RuleResult.Failure;

/** The results as one page that needs nothing else: no network, no script; light or dark as the reader has it. */
final class HtmlPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --pass: #176b2c; --fail: #b3141b; --quiet: #595959; --line: #8888 }
            @media (prefers-color-scheme: dark) { :root { --pass: #7ddb95; --fail: #ff8f8a; --quiet: #b5b5b5 } }
            body { font: 1.15rem/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
            table { border-collapse: collapse; width: 100% }
            caption { text-align: start; font-weight: bold; padding: .5rem 0 }
            th, td { text-align: start; vertical-align: top; padding: .4rem .6rem; border-block-end: 1px solid var(--line) }
            th { white-space: nowrap }
            .PASS { color: var(--pass) }
            .FAIL { color: var(--fail); font-weight: bold }
            .NOT_APPLICABLE, small { color: var(--quiet) }
            p { margin: .3rem 0; overflow-wrap: anywhere }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; border: 1px solid var(--line); padding: .5rem }
            summary { cursor: pointer }
            """;

    private HtmlPage() {}

    static String of(Score score) {
        StringBuilder page = new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                """);
        page.append("<title>").append(Html.escaped(score.subject())).append("</title>\n<style>\n");
        page.append(STYLE).append("</style>\n</head>\n<body>\n<main>\n<h1>");
        page.append(Html.escaped(score.subject())).append("</h1>\n<p><strong>").append(score.line());
        page.append("""
                </strong></p>
                <table>
                <caption>Rules and what became of them</caption>
                <thead><tr><th scope="col">Rule</th><th scope="col">Sentence</th><th scope="col">Outcome</th></tr></thead>
                <tbody>
                """);
        score.results().forEach(result -> append(page, result));
        return page.append("</tbody>\n</table>\n</main>\n</body>\n</html>\n").toString();
    }

    private static void append(StringBuilder page, RuleResult result) {
        Rule rule = result.rule();
        page.append("<tr><th scope=\"row\">").append(rule.number()).append("</th>\n<td>");
        page.append(Html.escaped(rule.sentence()))
                .append(" <small>")
                .append(rule.level())
                .append("</small>\n");
        for (Failure failure : result.failures()) {
            page.append("<p>").append(Html.escaped(failure.text())).append("</p>\n");
            if (!failure.trace().isEmpty()) {
                page.append("<details><summary>Trace</summary><pre>");
                page.append(Html.escaped(failure.trace().replace("\t", "    "))).append("</pre></details>\n");
            }
        }
        page.append("</td>\n<td class=\"").append(result.outcome()).append("\">");
        page.append(Html.escaped(result.verdict())).append("</td></tr>\n");
    }
}
