package udp.it.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The results as text. */
final class Table {
    private static final int NAMES = 2; // columns of text; the others are figures

    private final StringBuilder text = new StringBuilder();
    private final BenchConfig config;
    private final Machine machine;
    private final Results results;

    private Table(BenchConfig config, Machine machine, Results results) {
        this.config = config;
        this.machine = machine;
        this.results = results;
    }

    static String of(BenchConfig config, Machine machine, Results results) {
        Table table = new Table(config, machine, results);
        table.append();
        return table.text.toString();
    }

    private void append() {
        machine.lines().forEach(this::line);
        line(config.measured() + "; times in microseconds");
        line("");
        text.append(Columns.LEGEND);
        int[] widths = widths();
        for (Scenario scenario : results.scenarios()) {
            line("");
            line(scenario.toString());
            row(widths, Columns.HEADS);
            results.of(scenario).forEach(summary -> row(widths, Columns.of(summary)));
        }
        line("");
        new Verdict(results).lines().forEach(this::line);
        results.failures().forEach(this::line);
        line(String.format(Locale.ROOT, "%,d wrong replies", results.wrong()));
    }

    private int[] widths() {
        int[] widths = new int[Columns.HEADS.size()];
        Stream.concat(Stream.of(Columns.HEADS), results.all().stream().map(Columns::of))
                .forEach(cells -> {
                    for (int i = 0; i < widths.length; i++) {
                        widths[i] = Math.max(widths[i], cells.get(i).length());
                    }
                });
        return widths;
    }

    private void row(int[] widths, List<String> cells) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            row.append(i == 0 ? "" : "  ").append(i < NAMES ? cells.get(i) + padding : padding + cells.get(i));
        }
        line(row.toString());
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
