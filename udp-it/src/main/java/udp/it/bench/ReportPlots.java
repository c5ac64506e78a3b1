package udp.it.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;
import udp.it.bench.BenchOptions.Scenario;
import udp.it.bench.BenchResults.Pair;
import udp.it.bench.BenchResults.Spread;
import udp.it.bench.BenchResults.Summary;
import udp.it.bench.Plot.Axis;
import udp.it.bench.Plot.Point;
import udp.it.bench.Plot.Tick;

/** The plots of a report. */
final class ReportPlots {
    private static final int STEPS_PER_DECADE = 20;

    private final BenchResults results;

    ReportPlots(BenchResults results) {
        this.results = results;
    }

    /** Returns for each scenario a plot of the latency percentiles. All plots have the same axes. */
    List<Plot> latencies() {
        long max = results.all().stream()
                .mapToLong(summary -> summary.latencies().getTotalCount())
                .max()
                .orElse(1);
        int decades = Math.max(2, (int) Math.floor(Math.log10(Math.max(max, 1))));
        Axis across = new Axis("of the exchanges took less", 1, Math.pow(10, decades), true, parts(decades));
        Axis up = logarithmic(
                "latency",
                results.all().stream()
                        .map(Summary::latencies)
                        .filter(latencies -> latencies.getTotalCount() > 0)
                        .flatMapToDouble(
                                latencies -> DoubleStream.of(latencies.getMinValue(), latencies.getMaxValue())));
        List<Plot> plots = new ArrayList<>();
        for (Scenario scenario : results.scenarios()) {
            Plot plot = new Plot(scenario.toString(), across, up);
            for (Summary summary : results.of(scenario)) {
                plot.add(style(summary.pair()), distribution(summary.latencies(), decades));
            }
            plots.add(plot);
        }
        return plots;
    }

    /** Returns a plot of a figure over the size, for each load without its size. */
    List<Plot> overSize(String name, ToDoubleFunction<Measurement> figure) {
        int[] sizes = results.scenarios().stream()
                .mapToInt(Scenario::size)
                .sorted()
                .distinct()
                .toArray();
        List<Tick> ticks = new ArrayList<>();
        for (int size : sizes) {
            ticks.add(new Tick(size, String.format(Locale.ROOT, "%,d", size)));
        }
        Axis across = new Axis("bytes", sizes[0] / 1.5, sizes[sizes.length - 1] * 1.5, true, ticks);
        List<Plot> plots = new ArrayList<>();
        for (String load :
                results.scenarios().stream().map(Scenario::load).distinct().toList()) {
            List<Scenario> scenarios = results.scenarios().stream()
                    .filter(scenario -> scenario.load().equals(load))
                    .sorted((a, b) -> Integer.compare(a.size(), b.size()))
                    .toList();
            Axis up = linear(
                    name,
                    scenarios.stream()
                            .flatMap(scenario -> results.of(scenario).stream())
                            .mapToDouble(summary -> summary.spread(figure).highest()));
            Plot plot = new Plot(load, across, up);
            for (Pair pair : results.pairs()) {
                plot.add(
                        style(pair),
                        scenarios.stream()
                                .map(scenario -> point(results.of(scenario, pair), figure))
                                .filter(point -> !Double.isNaN(point.y()))
                                .toList());
            }
            plots.add(plot);
        }
        return plots;
    }

    /** Returns the classes of the style sheet for a pair: the server gives the colour, the client the kind of line. */
    String style(Pair pair) {
        List<String> clients =
                results.pairs().stream().map(Pair::client).distinct().toList();
        List<String> servers =
                results.pairs().stream().map(Pair::server).distinct().toList();
        return "pair" + results.pairs().indexOf(pair) + " server" + servers.indexOf(pair.server()) % 8 + " client"
                + clients.indexOf(pair.client()) % 4;
    }

    private static Point point(Summary summary, ToDoubleFunction<Measurement> figure) {
        Spread spread = summary.spread(figure);
        String text = String.format(
                Locale.ROOT,
                "%s: %,.1f (%,.1f to %,.1f)",
                summary.pair(),
                spread.median(),
                spread.lowest(),
                spread.highest());
        return new Point(summary.scenario().size(), spread.median(), spread.lowest(), spread.highest(), text);
    }

    /** Returns percentiles as far as the number of exchanges supports them: a thousand exchanges reach 99.9%. */
    private static List<Point> distribution(Histogram latencies, int decades) {
        List<Point> points = new ArrayList<>();
        for (int step = 0; step <= decades * STEPS_PER_DECADE; step++) {
            double oneIn = Math.pow(10, step / (double) STEPS_PER_DECADE);
            if (oneIn <= latencies.getTotalCount()) {
                points.add(new Point(oneIn, latencies.getValueAtPercentile(100 - 100 / oneIn)));
            }
        }
        return points;
    }

    private static List<Tick> parts(int decades) {
        List<Tick> ticks = new ArrayList<>(List.of(new Tick(1, "0%")));
        for (int decade = 1; decade <= decades; decade++) {
            String label = decade <= 2
                    ? "9".repeat(decade) + (decade == 1 ? "0%" : "%")
                    : "99." + "9".repeat(decade - 2) + "%";
            ticks.add(new Tick(Math.pow(10, decade), label));
        }
        return ticks;
    }

    private static Axis logarithmic(String name, DoubleStream nanos) {
        double[] sorted = nanos.sorted().toArray();
        int low = sorted.length == 0 ? 3 : (int) Math.floor(Math.log10(Math.max(sorted[0], 1)));
        int high = sorted.length == 0 ? 6 : (int) Math.ceil(Math.log10(Math.max(sorted[sorted.length - 1], 1)));
        List<Tick> ticks = new ArrayList<>();
        for (int decade = low; decade <= high; decade++) {
            String unit = decade < 3 ? " ns" : decade < 6 ? " µs" : decade < 9 ? " ms" : " s";
            ticks.add(new Tick(Math.pow(10, decade), "1" + "0".repeat(decade % 3) + unit));
        }
        return new Axis(name, Math.pow(10, low), Math.pow(10, Math.max(high, low + 1)), true, ticks);
    }

    /** Returns an axis from 0 in 4 to 10 steps of 1, 2 or 5. */
    private static Axis linear(String name, DoubleStream values) {
        double max = Math.max(values.filter(value -> !Double.isNaN(value)).max().orElse(1), 1e-3);
        double power = Math.pow(10, Math.floor(Math.log10(max)));
        double step = max / power < 2 ? power / 5 : max / power < 5 ? power / 2 : power;
        List<Tick> ticks = new ArrayList<>();
        double end = Math.ceil(max / step) * step;
        for (double value = 0; value <= end + step / 2; value += step) {
            ticks.add(new Tick(value, String.format(Locale.ROOT, step < 1 ? "%,.1f" : "%,.0f", value)));
        }
        return new Axis(name, 0, end, false, ticks);
    }
}
