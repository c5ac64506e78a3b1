package udp.it.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/** The plots of a report. */
final class Plots {
    private static final int STEPS_PER_DECADE = 20;

    private final Results results;

    Plots(Results results) {
        this.results = results;
    }

    /** For each load a plot of the latency below which a part of the exchanges stayed; all have the same axes. */
    List<String> latencies() {
        long most = results.all().stream()
                .mapToLong(summary -> summary.latencies().getTotalCount())
                .max()
                .orElse(1);
        int decades = Math.max(2, (int) Math.floor(Math.log10(Math.max(most, 1))));
        Axis across = new Axis("of the exchanges took less", 1, Math.pow(10, decades), true, parts(decades));
        Axis up = logarithmic(
                "latency",
                results.all().stream()
                        .map(Summary::latencies)
                        .filter(latencies -> latencies.getTotalCount() > 0)
                        .flatMapToDouble(
                                latencies -> DoubleStream.of(latencies.getMinValue(), latencies.getMaxValue())));
        List<String> plots = new ArrayList<>();
        for (Scenario scenario : results.scenarios()) {
            Plot plot = new Plot(scenario.toString(), across, up);
            for (Summary summary : results.of(scenario)) {
                plot.line(style(summary.pair()), distribution(summary.latencies(), decades));
            }
            plots.add(plot.svg());
        }
        return plots;
    }

    /** For each load but the size a plot of a figure over the size. */
    List<String> overSize(String name, ToDoubleFunction<Measurement> figure) {
        int[] sizes = results.scenarios().stream()
                .mapToInt(Scenario::size)
                .sorted()
                .distinct()
                .toArray();
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int size : sizes) {
            ticks.add(new Axis.Tick(size, String.format(Locale.ROOT, "%,d", size)));
        }
        Axis across = new Axis("bytes", sizes[0] / 1.5, sizes[sizes.length - 1] * 1.5, true, ticks);
        List<String> plots = new ArrayList<>();
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
                plot.line(
                        style(pair),
                        scenarios.stream()
                                .map(scenario -> point(results.of(scenario, pair), figure))
                                .filter(point -> !Double.isNaN(point.y()))
                                .toList());
            }
            plots.add(plot.svg());
        }
        return plots;
    }

    /** The style sheet's classes: the pair, its server for the colour, its client for the kind of line. */
    String style(Pair pair) {
        List<String> clients =
                results.pairs().stream().map(Pair::client).distinct().toList();
        List<String> servers =
                results.pairs().stream().map(Pair::server).distinct().toList();
        return "pair" + results.pairs().indexOf(pair) + " server" + servers.indexOf(pair.server()) % 8 + " client"
                + clients.indexOf(pair.client()) % 4;
    }

    private static Plot.Point point(Summary summary, ToDoubleFunction<Measurement> figure) {
        Spread spread = summary.spread(figure);
        String text = String.format(
                Locale.ROOT,
                "%s: %,.1f (%,.1f to %,.1f)",
                summary.pair(),
                spread.median(),
                spread.lowest(),
                spread.highest());
        return new Plot.Point(summary.scenario().size(), spread.median(), spread.lowest(), spread.highest(), text);
    }

    /** As far to the right as there are exchanges: of a thousand, one in a thousand. */
    private static List<Plot.Point> distribution(Histogram latencies, int decades) {
        List<Plot.Point> points = new ArrayList<>();
        for (int step = 0; step <= decades * STEPS_PER_DECADE; step++) {
            double oneIn = Math.pow(10, step / (double) STEPS_PER_DECADE);
            if (oneIn <= latencies.getTotalCount()) {
                points.add(new Plot.Point(oneIn, latencies.getValueAtPercentile(100 - 100 / oneIn)));
            }
        }
        return points;
    }

    private static List<Axis.Tick> parts(int decades) {
        List<Axis.Tick> ticks = new ArrayList<>(List.of(new Axis.Tick(1, "0%")));
        for (int decade = 1; decade <= decades; decade++) {
            String label = decade <= 2
                    ? "9".repeat(decade) + (decade == 1 ? "0%" : "%")
                    : "99." + "9".repeat(decade - 2) + "%";
            ticks.add(new Axis.Tick(Math.pow(10, decade), label));
        }
        return ticks;
    }

    private static Axis logarithmic(String name, DoubleStream nanos) {
        double[] sorted = nanos.sorted().toArray();
        int low = sorted.length == 0 ? 3 : (int) Math.floor(Math.log10(Math.max(sorted[0], 1)));
        int high = sorted.length == 0 ? 6 : (int) Math.ceil(Math.log10(Math.max(sorted[sorted.length - 1], 1)));
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int decade = low; decade <= high; decade++) {
            String unit = decade < 3 ? " ns" : decade < 6 ? " µs" : decade < 9 ? " ms" : " s";
            ticks.add(new Axis.Tick(Math.pow(10, decade), "1" + "0".repeat(decade % 3) + unit));
        }
        return new Axis(name, Math.pow(10, low), Math.pow(10, Math.max(high, low + 1)), true, ticks);
    }

    /** From 0, in 4 to 10 steps of 1, 2 or 5. */
    private static Axis linear(String name, DoubleStream values) {
        double most =
                Math.max(values.filter(value -> !Double.isNaN(value)).max().orElse(1), 1e-3);
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        double step = most / power < 2 ? power / 5 : most / power < 5 ? power / 2 : power;
        List<Axis.Tick> ticks = new ArrayList<>();
        double end = Math.ceil(most / step) * step;
        for (double value = 0; value <= end + step / 2; value += step) {
            ticks.add(new Axis.Tick(value, String.format(Locale.ROOT, step < 1 ? "%,.1f" : "%,.0f", value)));
        }
        return new Axis(name, 0, end, false, ticks);
    }
}
