package udp.it.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** All rounds of one pair in one scenario. */
final class Summary {
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

    /** Of all rounds together, in nanoseconds. */
    Histogram latencies() {
        return latencies;
    }

    Spread spread(ToDoubleFunction<Measurement> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure));
    }

    long sum(ToLongFunction<Measurement> count) {
        return rounds.stream().mapToLong(count).sum();
    }

    /** The part of the requests that had no reply in time; NaN if there was no request. */
    double lostPart() {
        long lost = sum(Measurement::lost);
        return lost / (double) (lost + sum(Measurement::exchanges) + sum(Measurement::wrong));
    }
}
