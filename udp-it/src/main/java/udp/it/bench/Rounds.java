package udp.it.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import udp.api.spi.TransportProvider;
import udp.internal.text.Printable;
import udp.it.bench.BenchOptions.Scenario;
import udp.it.bench.BenchResults.Pair;

/** The order of the measurements: in each round, what a reader compares is measured in immediate succession. */
final class Rounds {
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

    BenchResults run() {
        progress.plan(options, perRound());
        measure("warm-up", (scenario, pair, measurement) -> {}); // both JVMs compile the code meanwhile
        for (int round = 1; round <= options.rounds(); round++) {
            measure("round " + round + " of " + options.rounds(), results::add);
            Collections.reverse(subjects); // so that no pair is always first
        }
        progress.end();
        results.pairs().stream().map(Pair::server).distinct().forEach(this::judge);
        return results;
    }

    private int perRound() {
        return options.scenarios().size() * subjects.size();
    }

    private void measure(String round, Sink sink) {
        progress.begin(round, perRound());
        for (Scenario scenario : options.scenarios()) {
            for (Subject subject : List.copyOf(subjects)) {
                if (subjects.contains(subject)) {
                    measure(round, scenario, subject, sink);
                }
            }
        }
    }

    /** Measures a pair. A pair that fails is left out from then on; the other results are useful without it. */
    private void measure(String round, Scenario scenario, Subject subject, Sink sink) {
        String what = subject.pair() + ", " + scenario;
        progress.step(what);
        try {
            sink.add(
                    scenario,
                    subject.pair(),
                    new Load(subject.client(), scenario, options.time()).on(subject.server()));
        } catch (IOException e) {
            subjects.removeIf(each -> each.equals(subject)
                    || each.server() == subject.server() && !each.server().isAlive());
            fail(Printable.failure(e) + " (" + round + ", " + what + "); left out from there on");
        }
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
