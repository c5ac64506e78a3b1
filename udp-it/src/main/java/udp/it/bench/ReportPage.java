package udp.it.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import udp.it.bench.BenchOptions.Scenario;
import udp.it.html.HtmlTemplate;

/** The results as a page without requests. It is well-formed XML too. */
final class ReportPage {
    private record LegendEntry(int number, String style, String pair) {}

    private record PlotSection(String id, String title, String text, List<Plot> plots) {}

    private record FigureTable(String caption, List<FigureRow> rows) {}

    private record FigureRow(String style, List<String> cells) {}

    private final BenchResults results;
    private final ReportPlots plots;

    private ReportPage(BenchResults results) {
        this.results = results;
        this.plots = new ReportPlots(results);
    }

    static String of(BenchOptions options, Machine machine, BenchResults results) {
        ReportPage page = new ReportPage(results);
        return HtmlTemplate.fill(
                ReportPage.class,
                "report.html",
                Map.of(
                        "verdict", new Verdict(results).lines(),
                        "failures", results.failures(),
                        "legend", page.legend(),
                        "plotSections", options.atRate() ? page.sectionsOfRates() : page.plotSections(),
                        "measured", options.measured(),
                        "explanation", ResultTable.LEGEND,
                        "heads", ResultTable.HEADS,
                        "tables", results.scenarios().stream().map(page::table).toList(),
                        "machine", machine.lines(),
                        "limits", Machine.notTold(options.atRate())));
    }

    private List<LegendEntry> legend() {
        return IntStream.range(0, results.pairs().size())
                .mapToObj(number -> new LegendEntry(
                        number,
                        plots.style(results.pairs().get(number)),
                        results.pairs().get(number).toString()))
                .toList();
    }

    private List<PlotSection> plotSections() {
        return List.of(
                new PlotSection(
                        "throughput",
                        "Throughput over size",
                        "Exchanges per second: the median of the rounds, and a line from the lowest to the highest.",
                        plots.over("exchanges per second", Measurement::perSecond)),
                new PlotSection(
                        "cpu",
                        "CPU time over size",
                        "Microseconds of the server's process per exchange, drawn in the same way.",
                        plots.over("CPU time of the server", Measurement::serverCpuMicros)),
                new PlotSection(
                        "latency",
                        "Latency",
                        "The time of an exchange, from before the send to after the receive: 99% of the exchanges took"
                                + " less than the value above 99%. Both axes are logarithmic.",
                        plots.latencies()));
    }

    private List<PlotSection> sectionsOfRates() {
        return List.of(
                new PlotSection(
                        "latency",
                        "Latency over load",
                        Knee.EXPLANATION + " Both axes are logarithmic.",
                        plots.latenciesOverRate()),
                new PlotSection(
                        "cpu",
                        "CPU time over load",
                        "Microseconds of the server's process per exchange: the median of the rounds, and a line from the"
                                + " lowest to the highest. A server with little to do sleeps before each request, and waking it"
                                + " costs more than serving it.",
                        plots.over("CPU time of the server", Measurement::serverCpuMicros)));
    }

    private FigureTable table(Scenario scenario) {
        return new FigureTable(
                scenario.toString(),
                results.of(scenario).stream()
                        .map(summary -> new FigureRow(plots.style(summary.pair()), ResultTable.cells(summary)))
                        .toList());
    }
}
