package udp.it.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What was measured, by scenario and pair, in the order in which they were named. */
final class Results {
    private final Map<Scenario, Map<Pair, Summary>> summaries = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    Results(List<Scenario> scenarios, List<Pair> pairs) {
        for (Scenario scenario : scenarios) {
            Map<Pair, Summary> row = new LinkedHashMap<>();
            pairs.forEach(pair -> row.put(pair, new Summary(pair, scenario)));
            summaries.put(scenario, row);
        }
    }

    void add(Scenario scenario, Pair pair, Measurement measurement) {
        summaries.get(scenario).get(pair).add(measurement);
    }

    List<Scenario> scenarios() {
        return List.copyOf(summaries.keySet());
    }

    List<Pair> pairs() {
        return List.copyOf(summaries.values().iterator().next().keySet());
    }

    /** One for each pair. */
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

    void addFailure(String failure) {
        failures.add(failure);
    }

    /** Why they are not what was asked for, in words. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    long wrong() {
        return all().stream()
                .mapToLong(summary -> summary.sum(Measurement::wrong))
                .sum();
    }

    /** Over all its pairs and scenarios. */
    long sum(String server, ToLongFunction<Measurement> count) {
        return all().stream()
                .filter(summary -> summary.pair().server().equals(server))
                .mapToLong(summary -> summary.sum(count))
                .sum();
    }
}
