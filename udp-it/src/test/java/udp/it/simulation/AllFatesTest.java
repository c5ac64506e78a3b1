package udp.it.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import udp.it.simulation.AllFates.Networks;
import udp.it.simulation.AllFates.Search;

/** What must hold on every network. {@code -Dudp.depth=8} looks at more of them. */
@Timeout(value = 1200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AllFatesTest {
    static Set<String> networks() {
        return AllFates.ALL.keySet();
    }

    static Set<String> scenarios() {
        return ServerScenarios.ALL.keySet();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyInvariantHolds(String name) {
        Networks networks = AllFates.ALL.get(name);
        int depth = Integer.getInteger("udp.depth", networks.depth());
        Search search = new Search(networks, depth).run();
        assertNull(search.violation());
        assertEquals((long) Math.pow(5, depth), search.networks()); // 15,625 for a depth of 6
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aServerWithstands(String scenario) {
        Violations violations = ServerScenarios.ALL.get(scenario).get();
        assertNull(violations.broken(), violations::toString);
    }
}
