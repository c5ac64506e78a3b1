package udp.it.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import udp.api.spi.TransportProvider;

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
    private final List<Subject> subjects = new ArrayList<>();
    private final Progress progress;

    Rounds(BenchConfig config, List<TransportProvider> clients, List<ServerProcess> servers, Progress progress) {
        this.config = config;
        this.progress = progress;
        for (ServerProcess server : servers) {
            clients.forEach(client -> subjects.add(new Subject(client, server)));
        }
    }

    Results run() throws IOException {
        Results results = new Results(
                config.scenarios(), subjects.stream().map(Subject::pair).toList());
        int perRound = config.scenarios().size() * subjects.size();
        progress.plan(config, perRound);
        progress.begin("warm-up", perRound); // the first round, in which both JVMs compile what they run
        measure(subjects, (scenario, pair, measurement) -> {});
        List<Subject> order = new ArrayList<>(subjects);
        for (int round = 1; round <= config.rounds(); round++) {
            progress.begin("round " + round + " of " + config.rounds(), perRound);
            measure(order, results::add);
            Collections.reverse(order); // so that nobody is always the first
        }
        progress.end();
        return results;
    }

    private void measure(List<Subject> order, Taker taker) throws IOException {
        for (Scenario scenario : config.scenarios()) {
            for (Subject subject : order) {
                progress.step(subject.pair() + ", " + scenario);
                taker.take(
                        scenario,
                        subject.pair(),
                        new Load(subject.client(), scenario, config.time()).on(subject.server()));
            }
        }
    }
}
