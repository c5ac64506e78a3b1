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

    /** Returns a plot of a figure over the size, or over the rate if there is one, for each load that is else the same. */
    List<Plot> over(String name, ToDoubleFunction<Measurement> figure) {
        Axis across = across();
        List<Plot> plots = new ArrayList<>();
        for (String load : results.loads()) {
            Axis up = linear(
                    name,
                    results.pairs().stream()
                            .flatMap(pair -> results.of(load, pair).stream())
                            .mapToDouble(summary -> summary.spread(figure).highest()));
            Plot plot = new Plot(load, across, up);
            for (Pair pair : results.pairs()) {
                plot.add(
                        style(pair),
                        results.of(load, pair).stream()
                                .map(summary -> point(summary, figure))
                                .filter(point -> !Double.isNaN(point.y()))
                                .toList());
            }
            plots.add(plot);
        }
        return plots;
    }

    /** Returns for each load a plot of each percentile of the latency over the rate. All plots have the same axes. */
    List<Plot> latenciesOverRate() {
        Axis across = across();
        Axis up = logarithmic(
                "latency",
                results.all().stream()
                        .map(Summary::latencies)
                        .filter(latencies -> latencies.getTotalCount() > 0)
                        .flatMapToDouble(latencies -> DoubleStream.of(
                                latencies.getValueAtPercentile(50), latencies.getValueAtPercentile(99.9))));
        List<Plot> plots = new ArrayList<>();
        for (String load : results.loads()) {
            for (double percentile : new double[] {50, 99, 99.9}) {
                Plot plot = new Plot("p" + String.valueOf(percentile).replace(".0", "") + ", " + load, across, up);
                for (Pair pair : results.pairs()) {
                    plot.add(
                            style(pair),
                            results.of(load, pair).stream()
                                    .filter(summary -> isSupported(summary.latencies(), percentile))
                                    .map(summary -> point(summary, percentile))
                                    .toList());
                }
                plots.add(plot);
            }
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
        return new Point(summary.scenario().across(), spread.median(), spread.lowest(), spread.highest(), text);
    }

    private static Point point(Summary summary, double percentile) {
        double nanos = summary.latencies().getValueAtPercentile(percentile);
        String text = String.format(
                Locale.ROOT,
                "%s, %,d per second: %,.1f µs, %.2f%% lost",
                summary.pair(),
                summary.scenario().rate(),
                nanos / 1e3,
                summary.missedPart() * 100);
        return new Point(summary.scenario().rate(), nanos, nanos, nanos, text);
    }

    /** Returns whether there are enough exchanges for a percentile: at least one must have taken longer. */
    private static boolean isSupported(Histogram latencies, double percentile) {
        return latencies.getTotalCount() * (100 - percentile) >= 100;
    }

    private Axis across() {
        int[] values = results.scenarios().stream()
                .mapToInt(Scenario::across)
                .sorted()
                .distinct()
                .toArray();
        boolean atRate = results.scenarios().get(0).isAtRate();
        List<Tick> ticks = new ArrayList<>();
        for (int value : values) {
            // The labels of a sweep would cover each other.
            if (!atRate || values.length <= 5 || String.valueOf(value).matches("10*")) {
                ticks.add(new Tick(value, String.format(Locale.ROOT, "%,d", value)));
            }
        }
        return new Axis(
                atRate ? "requests per second" : "bytes",
                values[0] / 1.5,
                values[values.length - 1] * 1.5,
                true,
                ticks);
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
