package udp.it.kit;

import static udp.contract.Rule.*;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import udp.api.spi.Providers;
import udp.contract.Rule;
import udp.it.Python;
import udp.it.kit.run.ContractRun;
import udp.it.kit.support.CommandTemplate;

/** Each wrong server and client fails exactly the rules that it breaks, and the project's own fail none. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class WrongProgramsIT {
    private static final String JAVA = "'" + Path.of(System.getProperty("java.home"), "bin", "java")
            + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC ";

    /** The loss at which three tries are enough. */
    private static final double LOSS = 0.2;

    @BeforeAll
    static void assumePython() {
        Python.path();
    }

    static Stream<Arguments> servers() throws Exception {
        return Stream.of(
                server("none"),
                server("starts behind a stranger's datagram"),
                Arguments.of(Set.of(), JAVA + "-jar '" + System.getProperty("udp.jar.server") + "' --port {port}"),
                Arguments.of(Set.of(S4), java("charset {port}")),
                Arguments.of(Set.of(S4), java("locale {port}")),
                server("changes byte by byte", S3),
                server("cuts at 1024", S5, S6),
                server("cuts at 2048", S6),
                server("takes an empty datagram for the end", S7),
                server("strips", S8),
                server("appends a NUL", S6, S9),
                server("replies with the whole buffer", S6, S9, S10),
                server("leaks the request before", S10),
                server("serves few clients", S11),
                server("dies on malformed text", S13),
                server("dies on port 0", S14),
                server("ignores SIGTERM", S15),
                server("lecture notes", S6, S13, S14));
    }

    static Stream<Arguments> clients() throws Exception {
        return Stream.of(
                Arguments.of(Set.of(C8, C11, C12, C14), python("lecture_client.py") + " {host} {port}", 0.0),
                client("starts the time anew for strangers", C15),
                Arguments.of(
                        Set.of(),
                        JAVA + "-jar '" + System.getProperty("udp.jar.client")
                                + "' --tries 6 --timeout 150ms {host} {port}",
                        0.5),
                client(LOSS, "none"),
                client("sends Latin-1", C2, C3),
                client("sends a NUL", C4),
                client("sends the line end", C5),
                client("cuts what it sends", C6),
                client("cuts what it receives", C7, C8),
                client("prints the whole buffer", C9),
                client("takes an empty reply for none", C10),
                client(LOSS, "sends once", C12, C17),
                client(LOSS, "has one socket", C13, C17),
                client("ends with status 0", C14),
                client("ignores SIGTERM", C16));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServerFailsExactlyTheRulesThatItBreaks(Set<Rule> broken, String command) {
        List<ContractRun> runs = Subject.server(CommandTemplate.of(command), Providers.processor("upper"));
        Verdicts.assertFails(broken, Verdicts.examine("S", runs));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aClientFailsExactlyTheRulesThatItBreaks(Set<Rule> broken, String command, double loss) {
        Verdicts.assertFails(broken, Verdicts.examine("C", Subject.client(CommandTemplate.of(command), loss)));
    }

    private static Arguments server(String mistake, Rule... broken) throws Exception {
        return Arguments.of(Set.of(broken), python("wrong_server.py") + " \"" + mistake + "\" {port}");
    }

    private static Arguments client(String mistake, Rule... broken) throws Exception {
        return client(0, mistake, broken);
    }

    private static Arguments client(double loss, String mistake, Rule... broken) throws Exception {
        return Arguments.of(Set.of(broken), python("wrong_client.py") + " \"" + mistake + "\" {host} {port}", loss);
    }

    private static String python(String file) throws Exception {
        return "'" + Python.path() + "' '" + file(file) + "'";
    }

    private static String java(String arguments) throws Exception {
        return JAVA + "-cp '" + file("").getParent().getParent().getParent() + "' " + WrongProgram.class.getName() + " "
                + arguments;
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(
                WrongProgramsIT.class.getResource(name.isEmpty() ? "." : name).toURI());
    }
}
