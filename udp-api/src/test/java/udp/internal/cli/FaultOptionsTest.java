package udp.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.internal.fault.Faults;
import udp.test.TestShell;

class FaultOptionsTest {
    private static Faults faults(String... arguments) {
        return FaultOptions.of(
                CommandLine.parse(FaultOptions.ALL, List.of(), List.of(arguments), new TestShell().shell()));
    }

    @Test
    void withoutOptionsThereAreNone() {
        assertEquals(Faults.NONE, faults());
    }

    @Test
    void everyFaultHasAnOption() {
        assertEquals(
                new Faults(0.3, 0.1, 0.125, 1, .5, Duration.ofMillis(20), Duration.ofMillis(80), -7),
                faults(
                        "--loss=0.3",
                        "--duplicate=0.1",
                        "--reorder=0.125",
                        "--corrupt=1",
                        "--truncate=.5",
                        "--delay=20ms..80ms",
                        "--seed=-7"));
    }

    @Test
    void aDelayMayBeOneTime() {
        assertEquals(new Faults(0, 0, 0, 0, 0, Duration.ofSeconds(1), Duration.ofSeconds(1), 0), faults("--delay=1s"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--loss=1.1 | --loss: '1.1' is not a probability (0 to 1)",
                "--loss=-1 | --loss: '-1' is not a probability (0 to 1)",
                "--loss=NaN | --loss: 'NaN' is not a probability (0 to 1)",
                "--loss= | --loss: '' is not a probability (0 to 1)",
                "--delay=1..2..3 | --delay: '1..2..3' is not a range (such as 20ms..80ms)",
                "--delay=2s..1s | --delay: '2s..1s' begins after its end",
                "--seed=x | --seed: 'x' is not a seed (a whole number)",
            })
    void aMistakeIsExplained(String argument, String message) {
        assertEquals(
                message,
                assertThrows(UsageException.class, () -> faults(argument)).getMessage());
    }
}
