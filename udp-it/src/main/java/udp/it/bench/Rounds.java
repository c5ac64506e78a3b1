package udp.it.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import udp.api.spi.TransportProvider;
import udp.internal.text.Printable;

/** The order of the measurements: what is to be compared is measured one right after the other, round by round. */
final class Rounds {
    /** A pair that can be measured. */
    private record Subject(TransportProvider client, ServerProcess server) {
        Pair pair() {
            return new Pair(client.name(), server.name());
        }
    }

    private interface Taker {
        void take(Scenario scenario, Pair pair, Measurement measurement);
    }

    private final BenchConfig config;
    private final List<Subject> subjects = new ArrayList<>(); // those that have not failed, in the order of the round
    private final Progress progress;
    private final Results results;

    Rounds(BenchConfig config, List<TransportProvider> clients, List<ServerProcess> servers, Progress progress) {
        this.config = config;
        this.progress = progress;
        for (ServerProcess server : servers) {
            clients.forEach(client -> subjects.add(new Subject(client, server)));
        }
        results = new Results(
                config.scenarios(), subjects.stream().map(Subject::pair).toList());
    }

    Results run() {
        progress.plan(config, perRound());
        measure("warm-up", (scenario, pair, measurement) -> {}); // in which both JVMs compile what they run
        for (int round = 1; round <= config.rounds(); round++) {
            measure("round " + round + " of " + config.rounds(), results::add);
            Collections.reverse(subjects); // so that nobody is always the first
        }
        progress.end();
        results.pairs().stream().map(Pair::server).distinct().forEach(this::judge);
        return results;
    }

    private int perRound() {
        return config.scenarios().size() * subjects.size();
    }

    private void measure(String round, Taker taker) {
        progress.begin(round, perRound());
        for (Scenario scenario : config.scenarios()) {
            for (Subject subject : List.copyOf(subjects)) {
                if (subjects.contains(subject)) {
                    measure(round, scenario, subject, taker);
                }
            }
        }
    }

    /** What fails is left out from then on: what was measured, and the others, are worth having without it. */
    private void measure(String round, Scenario scenario, Subject subject, Taker taker) {
        String what = subject.pair() + ", " + scenario;
        progress.step(what);
        try {
            taker.take(
                    scenario, subject.pair(), new Load(subject.client(), scenario, config.time()).on(subject.server()));
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
            fail(String.format(Locale.ROOT, "the server '%s' answered none of %,d requests", server, lost));
        }
    }

    private void fail(String what) {
        String line = Printable.line(what);
        progress.failure(line);
        results.addFailure(line);
    }
}
