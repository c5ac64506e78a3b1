package udp.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import udp.it.bench.BenchOptions.Scenario;
import udp.it.bench.BenchResults.Pair;

class KneeTest {
    private static final Pair PAIR = new Pair("channel", "mine");

    private final BenchResults results = new BenchResults(
            Stream.of(1000, 2000, 3000, 4000)
                    .map(rate -> new Scenario(32, 0, 1, rate))
                    .toList(),
            List.of(PAIR));

    /** Adds a round at a rate: of so many requests, some were lost and some were not sent. */
    private void add(int rate, long lost, long unsent) {
        Histogram latencies = Measurement.histogram();
        latencies.recordValue(20_000);
        long right = rate - lost - unsent;
        results.add(
                new Scenario(32, 0, 1, rate),
                PAIR,
                new Measurement(right, lost, unsent, 0, 0, 1, 1, 1, -1, -1, latencies));
    }

    @Test
    void isTheHighestRateThatAServerKeepsUpWith() {
        add(1000, 0, 0);
        add(2000, 20, 0);
        add(3000, 60, 0);
        add(4000, 400, 0);
        assertEquals(
                List.of(
                        "channel to mine, 32 bytes, 1 client: keeps up with 2,000 per second, p50 20.0, p99 20.0, p99.9 20.0 µs;"
                                + " of 3,000 per second, 2.0% have no reply"),
                Knee.lines(results));
    }

    @Test
    void mayBeTheKneeOfTheClient() {
        add(1000, 0, 0);
        add(2000, 1, 100);
        assertEquals(
                "of 2,000 per second, 5.1% have no reply, most of them because the client had no time to send them",
                Knee.lines(results).get(0).split("; ")[1]);
    }

    @Test
    void needsMostRounds() {
        add(1000, 0, 0);
        add(2000, 2000, 0); // a pause of the machine
        add(2000, 0, 0);
        add(2000, 0, 0);
        assertEquals("2,000", Knee.lines(results).get(0).replaceAll(".*with (.*) per.*", "$1"));
    }

    @Test
    void mayBeBelowWhatWasMeasured() {
        add(1000, 500, 0);
        assertEquals(
                List.of(
                        "channel to mine, 32 bytes, 1 client: does not keep up; of 1,000 per second, 50.0% have no reply"),
                Knee.lines(results));
    }
}
