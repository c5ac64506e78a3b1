package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.spi.Providers;
import udp.it.kit.report.RuleResults;

/** The checks of {@link AssignmentsIT} for the assignment in which students write a transport. */
@Isolated("a process that starts meanwhile keeps the port of a transport that is closed")
class AssignedTransportsIT {
    private static final Path STARTER = AssignmentsIT.ASSIGNMENTS.resolve("4-transport");

    @ParameterizedTest
    @ValueSource(strings = {"MySocket", "MyChannel"})
    void theSolutionKeepsAllRules(String name, @TempDir Path classes) throws Exception {
        Verdicts.assertFails(Set.of(), examine(STARTER.resolve("solution"), name, classes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MySocket", "MyChannel"})
    void theStarterCompilesAndDoesNotPass(String name, @TempDir Path classes) throws Exception {
        RuleResults results = examine(STARTER, name, classes);
        assertFalse(results.isFull(), results::table);
    }

    private static RuleResults examine(Path sources, String name, Path classes) throws Exception {
        AssignmentsIT.compile(sources, classes);
        return AssignmentsIT.examine("T", folder -> Subject.transport(Providers.transportOfClass(name), ""), classes);
    }
}
