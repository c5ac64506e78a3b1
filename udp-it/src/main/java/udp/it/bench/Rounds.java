package udp.it.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import udp.api.spi.TransportProvider;
import udp.internal.text.Printable;
import udp.it.bench.BenchOptions.Scenario;
import udp.it.bench.BenchResults.Pair;

/** The order of the measurements: in each round, what a reader compares is measured in immediate succession. */
final class Rounds {
    /** After so many rates in a row that a pair does not keep up with, the higher rates are left out. */
    private static final int RATES_BEYOND = 2;

    /** A pair with its objects. */
    private record Subject(TransportProvider client, ServerProcess server) {
        Pair pair() {
            return new Pair(client.name(), server.name());
        }
    }

    private interface Sink {
        void add(Scenario scenario, Pair pair, Measurement measurement);
    }

    private final BenchOptions options;
    private final List<Subject> subjects = new ArrayList<>(); // without those that failed; in the order of the round
    private final BenchProgress progress;
    private final BenchResults results;

    Rounds(BenchOptions options, List<TransportProvider> clients, List<ServerProcess> servers, BenchProgress progress) {
        this.options = options;
        this.progress = progress;
        for (ServerProcess server : servers) {
            clients.forEach(client -> subjects.add(new Subject(client, server)));
        }
        results = new BenchResults(
                options.scenarios(), subjects.stream().map(Subject::pair).toList());
    }

    /** Measures everything, or until this thread is interrupted. */
    BenchResults run() {
        progress.plan(options, perRound());
        measure("warm-up", (scenario, pair, measurement) -> {}); // both JVMs compile the code meanwhile
        for (int round = 1; round <= options.rounds() && !isInterrupted(); round++) {
            measure("round " + round + " of " + options.rounds(), results::add);
            Collections.reverse(subjects); // so that no pair is always first
        }
        progress.end();
        if (isInterrupted()) {
            fail("stopped before the last measurement");
        }
        results.pairs().stream().map(Pair::server).distinct().forEach(this::judge);
        return results;
    }

    private int perRound() {
        return options.scenarios().size() * subjects.size();
    }

    private void measure(String round, Sink sink) {
        progress.begin(round, perRound());
        Map<String, Integer> beyond = new HashMap<>(); // the rates in a row beyond the knee, by pair and load
        for (Scenario scenario : options.scenarios()) {
            for (Subject subject : List.copyOf(subjects)) {
                String load = subject.pair() + scenario.others();
                if (subjects.contains(subject) && beyond.getOrDefault(load, 0) < RATES_BEYOND && !isInterrupted()) {
                    beyond.put(load, measure(round, scenario, subject, sink) ? beyond.getOrDefault(load, 0) + 1 : 0);
                }
            }
        }
    }

    /**
     * Measures a pair, and returns whether the rate is beyond its knee. A pair that fails is left out from then on; the other
     * results are useful without it.
     */
    private boolean measure(String round, Scenario scenario, Subject subject, Sink sink) {
        String what = subject.pair() + ", " + scenario;
        progress.step(what);
        try {
            Measurement measurement = new Load(subject.client(), scenario, options.time()).on(subject.server());
            sink.add(scenario, subject.pair(), measurement);
            return scenario.isAtRate() && Knee.isBeyond(measurement);
        } catch (IOException e) {
            if (!isInterrupted()) {
                subjects.removeIf(each -> each.equals(subject)
                        || each.server() == subject.server() && !each.server().isAlive());
                fail(Printable.failure(e) + " (" + round + ", " + what + "); left out from there on");
            }
            return false;
        }
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    private void judge(String server) {
        long wrong = results.sum(server, Measurement::wrong);
        long lost = results.sum(server, Measurement::lost);
        if (wrong > 0) {
            fail(String.format(Locale.ROOT, "the server '%s' gave %,d wrong replies", server, wrong));
        } else if (lost > 0 && results.sum(server, Measurement::exchanges) == 0) {
            fail(String.format(Locale.ROOT, "the server '%s' replied to none of %,d requests", server, lost));
        }
    }

    private void fail(String what) {
        String line = Printable.line(what);
        progress.failure(line);
        results.addFailure(line);
    }
}
