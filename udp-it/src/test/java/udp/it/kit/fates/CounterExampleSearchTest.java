package udp.it.kit.fates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.contract.Rule;
import udp.it.kit.fates.NetworkedProgram.NetworkRun;
import udp.it.kit.fates.NetworkedProgram.SeenDatagram;
import udp.it.kit.fates.NetworkedProgram.Violation;

class CounterExampleSearchTest {
    private final List<String> tried = Collections.synchronizedList(new ArrayList<>());

    /** Returns a program with a datagram more each way for each that is lost. */
    private NetworkedProgram program(Predicate<FateList> isBroken, boolean isCertain) {
        return new NetworkedProgram() {
            @Override
            public NetworkRun run(FateList fates) {
                tried.add(fates.toString());
                long lost =
                        fates.fates().values().stream().filter("lose"::equals).count();
                List<SeenDatagram> seen = Stream.of("c1", "s1", "c2", "s2", "c3", "s3")
                        .filter(name -> FateList.number(name) <= 1 + lost)
                        .map(name -> new SeenDatagram(name, 150))
                        .toList();
                Violation violation = isBroken.test(fates) ? new Violation(Rule.C13, "broken", isCertain) : null;
                return new NetworkRun(fates, seen, List.of(), violation, "");
            }

            @Override
            public int maxAtOnce() {
                return 3;
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "c1=late:150ms, 3",
        "s1=twice, 5",
        "c1=lose c2=lose, 10",
        "c1=lose s2=twice, 14",
    })
    void theFirstOfTheSmallestIsFound(String broken, int survived) throws Exception {
        List<Integer> progress = new ArrayList<>();
        CounterExampleSearch search =
                new CounterExampleSearch(program(fates -> fates.toString().startsWith(broken), true), progress::add);
        assertEquals(broken, search.search(2).fates().toString());
        assertEquals(survived, search.survived());
        assertEquals(survived, progress.size());
    }

    @Test
    void aProgramThatSurvivesIsRunOnceOnEachNetwork() throws Exception {
        CounterExampleSearch search = new CounterExampleSearch(program(fates -> false, true), number -> {});
        assertNull(search.search(2));
        assertEquals(search.survived(), tried.size());
        assertEquals(new HashSet<>(tried).size(), tried.size());
        assertEquals("", tried.get(0));
    }

    @Test
    void whatDoesNotHappenAgainWhenTheProgramRunsAloneIsNotFound() throws Exception {
        Predicate<FateList> onlyOnce =
                fates -> fates.toString().equals("c1=twice") && Collections.frequency(tried, "c1=twice") == 1;
        CounterExampleSearch search = new CounterExampleSearch(program(onlyOnce, false), number -> {});
        assertNull(search.search(1));
        assertEquals(2, Collections.frequency(tried, "c1=twice"));
        assertEquals(7, search.survived());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "c1", "c1=lost", "x1=lose", ""})
    void whatIsNeitherANumberNorAListIsRefused(String value) {
        assertThrows(IllegalArgumentException.class, () -> FatesCheck.value(value));
    }
}
