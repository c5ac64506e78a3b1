package udp.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.internal.fault.Bandwidth;
import udp.internal.fault.Chances;
import udp.internal.fault.Faults;
import udp.internal.fault.LinkFaults;
import udp.internal.fault.TimeSpan;
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

    @Test
    void fatesAreThoseOfTheDatagramsNamed() {
        Faults faults =
                faults("--fates= c1=lose s2=twice  s3=late:150ms c4=corrupt s1=overtaken c2=truncate", "--seed=5");
        assertEquals(
                new Faults(
                        LinkFaults.of(
                                Chances.NONE,
                                Map.of(
                                        1,
                                        fate(1, 0, 0, 0, 0, 0),
                                        2,
                                        fate(0, 0, 0, 0, 1, 0),
                                        4,
                                        fate(0, 0, 0, 1, 0, 0))),
                        LinkFaults.of(
                                Chances.NONE,
                                Map.of(
                                        1,
                                        fate(0, 0, 1, 0, 0, 0),
                                        2,
                                        fate(0, 1, 0, 0, 0, 0),
                                        3,
                                        fate(0, 0, 0, 0, 0, 150))),
                        5),
                faults);
    }

    private static Chances fate(int loss, int duplicate, int reorder, int corrupt, int truncate, int millis) {
        Duration delay = Duration.ofMillis(millis);
        return new Chances(loss, duplicate, reorder, corrupt, truncate, delay, delay);
    }

    @Test
    void eachDirectionMayHaveItsValue() {
        Chances there = new Chances(0.3, 0, 0.1, 0, 0, Duration.ofMillis(1), Duration.ofMillis(2));
        Chances back = new Chances(0, 1, 0.1, 0, 0, Duration.ZERO, Duration.ZERO);
        TimeSpan outage = new TimeSpan(Duration.ZERO, Duration.ofSeconds(4));
        assertEquals(
                new Faults(
                        new LinkFaults(there, Map.of(), 3, outage, new Bandwidth(64_000, 25)),
                        new LinkFaults(back, Map.of(), 3, TimeSpan.NONE, new Bandwidth(1_500_000, 0)),
                        0),
                faults(
                        "--loss=0.3:0",
                        "--duplicate=0:1",
                        "--reorder=0.1",
                        "--delay=1ms..2ms:0",
                        "--max-burst=3",
                        "--blackhole=0s..4s:0",
                        "--rate=64kbit:1.5Mbit",
                        "--queue=25:0"));
    }

    @Test
    void fatesExcludeRandomFaultsOfTheSameOrigin() {
        for (String random : List.of(
                "--loss=0",
                "--duplicate=1",
                "--reorder=1",
                "--corrupt=1",
                "--truncate=1",
                "--delay=1",
                "--max-burst=1")) {
            assertEquals(
                    "--fates and " + random.split("=")[0] + " exclude each other",
                    assertThrows(UsageException.class, () -> faults("--fates=c1=lose", random))
                            .getMessage());
        }
    }

    @Test
    void theNearestOriginDecidesBetweenFatesAndRandomFaults() {
        TestShell shell = new TestShell();
        shell.surroundings.put("UDP_FATES", "c1=lose");
        CommandLine random = CommandLine.parse(FaultOptions.ALL, List.of(), List.of("--loss=0.5"), shell.shell());
        assertEquals(faults("--loss=0.5"), FaultOptions.of(random));
        shell.surroundings.put("UDP_LOSS", "0.5");
        CommandLine scripted =
                CommandLine.parse(FaultOptions.ALL, List.of(), List.of("--fates=s1=lose"), shell.shell());
        assertEquals(faults("--fates=s1=lose"), FaultOptions.of(scripted));
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
                "--fates= | --fates: '' is not a list of fates (such as c1=lose s2=late:150ms)",
                "--fates=c2=lose c1=loose | --fates: c1=loose: no such fate;"
                        + " there are lose, twice, late:DURATION, overtaken, corrupt, truncate",
                "--fates=c1 | --fates: c1: no such fate;"
                        + " there are lose, twice, late:DURATION, overtaken, corrupt, truncate",
                "--fates=x1=lose | --fates: x1=lose: no such datagram;"
                        + " there are c1, c2, ... from clients and s1, s2, ... from the server",
                "--fates=c0=lose | --fates: c0=lose: no such datagram;"
                        + " there are c1, c2, ... from clients and s1, s2, ... from the server",
                "--fates=c1=lose c1=twice | --fates: c1=twice: c1 has a fate already",
                "--fates=c1=late:soon | --fates: c1=late:soon: 'soon' is not a duration"
                        + " (such as 200ms, 1.5s, 2m; more than 0, at most an hour)",
                "--loss=0:2 | --loss: '2' is not a probability (0 to 1)",
                "--loss=0:0:0 | --loss: '0:0' is not a probability (0 to 1)",
                "--max-burst=-1 | --max-burst: '-1' is not a number (0 to 10000)",
                "--blackhole=2s | --blackhole: '2s' is not a time (such as 2s..4s)",
                "--rate=0.5kbit | --rate: '0.5kbit' is not a bandwidth (such as 64kbit, 1.5Mbit, 1Gbit; 1kbit to 100Gbit)",
                "--rate=101Gbit | --rate: '101Gbit' is not a bandwidth (such as 64kbit, 1.5Mbit, 1Gbit; 1kbit to 100Gbit)",
                "--rate=1 | --rate: '1' is not a bandwidth (such as 64kbit, 1.5Mbit, 1Gbit; 1kbit to 100Gbit)",
                "--queue=1 | --queue has no use without a bandwidth (such as --rate 1Mbit)",
                "--seed=x | --seed: 'x' is not a seed (a whole number)",
            })
    void aMistakeIsExplained(String argument, String message) {
        assertEquals(
                message,
                assertThrows(UsageException.class, () -> faults(argument)).getMessage());
    }
}
