package udp.it.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;
import udp.internal.text.Printable;
import udp.it.bench.BenchOptions.Scenario;

/** All measurements, by scenario and pair, in the order in which these were named. */
final class BenchResults {
    /** The name of a client transport and that of the server that it was measured with. */
    record Pair(String client, String server) {
        Pair {
            client = Printable.line(client); // Providers and commands of others have names of others.
            server = Printable.line(server);
        }

        @Override
        public String toString() {
            return client + " to " + server;
        }
    }

    /** The median of a figure over the rounds that have it, with its lowest and highest value; NaN if no round has it. */
    record Spread(double median, double lowest, double highest) {
        static Spread of(DoubleStream values) {
            double[] sorted =
                    values.filter(value -> !Double.isNaN(value)).sorted().toArray();
            int n = sorted.length;
            if (n == 0) {
                return new Spread(Double.NaN, Double.NaN, Double.NaN);
            }
            return new Spread((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
        }

        /** Returns half of the range in per cent of the median, for example {@code ±3%}. */
        String plusMinus() {
            if (Double.isNaN(median)) {
                return "-";
            }
            return String.format(Locale.ROOT, "±%.0f%%", median == 0 ? 0 : (highest - lowest) / 2 / median * 100);
        }
    }

    /** All rounds of a pair in a scenario. */
    static final class Summary {
        private final Pair pair;
        private final Scenario scenario;
        private final List<Measurement> rounds = new ArrayList<>();
        private final Histogram latencies = Measurement.histogram();

        Summary(Pair pair, Scenario scenario) {
            this.pair = pair;
            this.scenario = scenario;
        }

        void add(Measurement measurement) {
            rounds.add(measurement);
            latencies.add(measurement.latencies());
        }

        Pair pair() {
            return pair;
        }

        Scenario scenario() {
            return scenario;
        }

        List<Measurement> rounds() {
            return rounds;
        }

        /** Returns the latencies of all rounds together, in nanoseconds. */
        Histogram latencies() {
            return latencies;
        }

        Spread spread(ToDoubleFunction<Measurement> figure) {
            return Spread.of(rounds.stream().mapToDouble(figure));
        }

        long sum(ToLongFunction<Measurement> count) {
            return rounds.stream().mapToLong(count).sum();
        }

        /** Returns the part of the requests that had no reply in time; NaN if there was no request. */
        double missedPart() {
            long missed = sum(Measurement::lost) + sum(Measurement::unsent);
            return missed / (double) (missed + sum(Measurement::exchanges) + sum(Measurement::wrong));
        }
    }

    private final Map<Scenario, Map<Pair, Summary>> summaries = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    BenchResults(List<Scenario> scenarios, List<Pair> pairs) {
        for (Scenario scenario : scenarios) {
            Map<Pair, Summary> row = new LinkedHashMap<>();
            pairs.forEach(pair -> row.put(pair, new Summary(pair, scenario)));
            summaries.put(scenario, row);
        }
    }

    void add(Scenario scenario, Pair pair, Measurement measurement) {
        summaries.get(scenario).get(pair).add(measurement);
    }

    /** Returns the scenarios, but of rates only those that were measured with any pair. */
    List<Scenario> scenarios() {
        List<Scenario> measured = summaries.keySet().stream()
                .filter(scenario -> !scenario.isAtRate()
                        || of(scenario).stream()
                                .anyMatch(summary -> !summary.rounds().isEmpty()))
                .toList();
        return measured.isEmpty() ? List.copyOf(summaries.keySet()) : measured;
    }

    /** Returns what scenarios have in common that a plot shows together, in words. */
    List<String> loads() {
        return scenarios().stream().map(Scenario::others).distinct().toList();
    }

    /** Returns the summaries of a pair with a load, in the order of what a plot shows from left to right. */
    List<Summary> of(String load, Pair pair) {
        return scenarios().stream()
                .filter(scenario -> scenario.others().equals(load))
                .sorted(Comparator.comparingInt(Scenario::across))
                .map(scenario -> of(scenario, pair))
                .toList();
    }

    List<Pair> pairs() {
        return List.copyOf(summaries.values().iterator().next().keySet());
    }

    /** Returns a summary for each pair. */
    List<Summary> of(Scenario scenario) {
        return List.copyOf(summaries.get(scenario).values());
    }

    Summary of(Scenario scenario, Pair pair) {
        return summaries.get(scenario).get(pair);
    }

    List<Summary> all() {
        List<Summary> all = new ArrayList<>();
        summaries.values().forEach(row -> all.addAll(row.values()));
        return all;
    }

    /** Returns whether anything was measured. */
    boolean hasAny() {
        return all().stream().anyMatch(summary -> !summary.rounds().isEmpty());
    }

    void addFailure(String failure) {
        failures.add(failure);
    }

    /** Returns the failures of servers and clients in words. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    long wrong() {
        return all().stream()
                .mapToLong(summary -> summary.sum(Measurement::wrong))
                .sum();
    }

    /** Returns the sum over all pairs and scenarios of a server. */
    long sum(String server, ToLongFunction<Measurement> count) {
        return all().stream()
                .filter(summary -> summary.pair().server().equals(server))
                .mapToLong(summary -> summary.sum(count))
                .sum();
    }
}
