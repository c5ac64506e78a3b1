package udp.it.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import udp.it.Html;

/** The results as a page that needs nothing besides itself. It is well-formed XML too. */
final class HtmlReport {
    private static final String TITLE = "DatagramSocket or DatagramChannel?";

    private final StringBuilder page = new StringBuilder();
    private final BenchConfig config;
    private final Machine machine;
    private final Results results;
    private final Plots plots;

    private HtmlReport(BenchConfig config, Machine machine, Results results) {
        this.config = config;
        this.machine = machine;
        this.results = results;
        this.plots = new Plots(results);
    }

    static String of(BenchConfig config, Machine machine, Results results) throws IOException {
        HtmlReport report = new HtmlReport(config, machine, results);
        report.append();
        return report.page.toString();
    }

    private void append() throws IOException {
        page.append("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>%s</title>
                <style>
                %s%s</style>
                </head>
                <body>
                <header>
                <h1>%s</h1>
                %s<nav><a href="#throughput">Throughput</a> <a href="#cpu">CPU time</a> <a href="#latency">Latency</a>
                <a href="#figures">Figures</a> <a href="#machine">Machine</a> <a href="#limits">Limits</a></nav>
                </header>
                %s<main>
                """.formatted(
                        TITLE,
                        style(),
                        hiding(),
                        TITLE,
                        paragraphs(new Verdict(results).lines()) + paragraphs(results.failures()),
                        legend()));
        plots(
                "throughput",
                "Throughput over size",
                "Exchanges per second; the median of the rounds, and a line from the lowest to the highest.",
                plots.overSize("exchanges per second", Measurement::perSecond));
        plots(
                "cpu",
                "CPU time over size",
                "Microseconds of the server's process per exchange, likewise.",
                plots.overSize("CPU time of the server", Measurement::serverCpuMicros));
        plots(
                "latency",
                "Latency",
                "How long an exchange took, from before the send to behind the receive: of 99% it was less than what is"
                        + " above 99%. Both axes are logarithmic.",
                plots.latencies());
        figures();
        section("machine", "What it ran on", list(machine.lines()));
        section("limits", "What loopback cannot tell", list(Machine.NOT_TOLD));
        page.append("</main>\n</body>\n</html>\n");
    }

    private static String style() throws IOException {
        try (InputStream style = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(style.readAllBytes(), UTF_8);
        }
    }

    /** What is not ticked in the legend is nowhere to be seen. */
    private String hiding() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < results.pairs().size(); i++) {
            rules.append("body:has(#show%1$d:not(:checked)) main .pair%1$d { display: none; }\n".formatted(i));
        }
        return rules.toString();
    }

    private String legend() {
        StringBuilder legend = new StringBuilder("<fieldset>\n<legend>Client to server</legend>\n");
        for (Pair pair : results.pairs()) {
            legend.append(
                    """
                    <label><input type="checkbox" id="show%d" checked="checked"/>
                    <svg class="key" viewBox="0 0 48 16" aria-hidden="true"><g class="%s">
                    <polyline points="2,8 46,8"/><circle cx="24" cy="8" r="4.5"/></g></svg>
                    %s</label>
                    """.formatted(results.pairs().indexOf(pair), plots.style(pair), Html.escaped(pair.toString())));
        }
        return legend.append("</fieldset>\n").toString();
    }

    private void plots(String id, String title, String text, List<String> plots) {
        section(
                id,
                title,
                paragraphs(List.of(text))
                        + plots.stream()
                                .map(plot -> "<figure>\n" + plot + "</figure>\n")
                                .collect(Collectors.joining("", "<div class=\"plots\">\n", "</div>\n")));
    }

    private void figures() {
        StringBuilder tables = new StringBuilder(paragraphs(List.of(config.measured() + "; times in microseconds.")));
        tables.append("<pre>").append(Html.escaped(Columns.LEGEND)).append("</pre>\n");
        for (Scenario scenario : results.scenarios()) {
            String caption = Html.escaped(scenario.toString());
            tables.append("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n".formatted(caption))
                    .append("<table>\n<caption>%s</caption>\n<thead>".formatted(caption))
                    .append(row("", "th scope=\"col\"", "th", Columns.HEADS))
                    .append("</thead>\n<tbody>\n");
            results.of(scenario)
                    .forEach(summary -> tables.append(
                            row(" class=\"" + plots.style(summary.pair()) + "\"", "td", "td", Columns.of(summary))));
            tables.append("</tbody>\n</table>\n</div>\n");
        }
        section("figures", "Figures", tables.toString());
    }

    private static String row(String attributes, String open, String close, List<String> cells) {
        return cells.stream()
                .map(cell -> "<" + open + ">" + Html.escaped(cell) + "</" + close + ">")
                .collect(Collectors.joining("", "<tr" + attributes + ">", "</tr>\n"));
    }

    private void section(String id, String title, String content) {
        page.append("<section id=\"%s\">\n<h2>%s</h2>\n%s</section>\n".formatted(id, title, content));
    }

    private static String paragraphs(List<String> lines) {
        return lines.stream().map(line -> "<p>" + Html.escaped(line) + "</p>\n").collect(Collectors.joining());
    }

    private static String list(List<String> lines) {
        return lines.stream()
                .map(line -> "<li>" + Html.escaped(line) + "</li>\n")
                .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
    }
}
