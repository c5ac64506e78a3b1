package udp.it.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import udp.it.bench.BenchOptions.Scenario;
import udp.it.bench.BenchResults.Pair;
import udp.it.bench.BenchResults.Spread;

/** The comparison of the CPU times of {@code DatagramSocket} and {@code DatagramChannel}. */
final class Verdict {
    private static final String CHANNEL = "channel";
    private static final String SOCKET = "socket";

    private final BenchResults results;

    Verdict(BenchResults results) {
        this.results = results;
    }

    /** Returns the knees, if requests were sent at rates, and a sentence for each side that has two transports. */
    List<String> lines() {
        boolean atRate = results.scenarios().get(0).isAtRate();
        List<String> lines = new ArrayList<>(atRate ? Knee.lines(results) : List.of());
        List<Double> servers = new ArrayList<>();
        List<Double> clients = new ArrayList<>();
        for (Scenario scenario : results.scenarios()) {
            for (Pair pair : results.pairs()) {
                if (pair.server().equals(CHANNEL)) {
                    add(servers, scenario, pair, new Pair(pair.client(), SOCKET), Measurement::serverCpuMicros);
                }
                if (!atRate && pair.client().equals(CHANNEL)) {
                    add(clients, scenario, pair, new Pair(SOCKET, pair.server()), Measurement::clientCpuMicros);
                }
            }
        }
        lines.add(sentence("server", servers));
        if (!atRate) {
            lines.add(sentence("client", clients));
        }
        return lines;
    }

    private void add(
            List<Double> ratios, Scenario scenario, Pair channel, Pair socket, ToDoubleFunction<Measurement> cpu) {
        double less = results.of(scenario, channel).spread(cpu).median();
        double more = results.of(scenario, socket).spread(cpu).median();
        if (more / less > 0 && Double.isFinite(more / less)) { // both figures exist
            ratios.add(more / less);
        }
    }

    private static String sentence(String side, List<Double> ratios) {
        if (ratios.isEmpty()) {
            return side + ": nothing to compare";
        }
        int quarter = ratios.size() / 4;
        Spread middle = Spread.of(ratios.stream()
                .sorted()
                .skip(quarter)
                .limit(ratios.size() - 2L * quarter)
                .mapToDouble(Double::doubleValue));
        return String.format(
                Locale.ROOT,
                "%s: with a DatagramSocket an exchange takes %.2f times the CPU time that it takes with a DatagramChannel"
                        + " (half of the comparisons: %.2f to %.2f)",
                side,
                middle.median(),
                middle.lowest(),
                middle.highest());
    }
}
