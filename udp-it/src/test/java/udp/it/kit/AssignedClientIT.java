package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.contract.Rule;
import udp.it.Jvm;
import udp.it.kit.fates.ClassOnNetwork;
import udp.it.kit.fates.FatesCheck;
import udp.it.kit.report.RuleResults;
import udp.it.kit.run.RuleTally;

/** A client's class on simulated networks: the solution survives, and each mistake breaks its rule and invariant. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class AssignedClientIT {
    private static final String NAME = "AskOverTransport";
    private static final Path STARTER = AssignmentsIT.ASSIGNMENTS.resolve("3-client");
    private static final String CONNECT = "TransportConfig.connect(server)";
    private static final String BIND = "TransportConfig.bind(new InetSocketAddress(\"0.0.0.0\", 0))";
    private static final String LIMIT = "Duration.ofNanos(left)";
    private static final String RECEIVE = "socket.receive(buffer, Duration.ofNanos(left)) != null";
    private static final String FROM_SERVER = "server.equals(socket.receive(buffer.clear(), LIMIT))";
    private static final String PARK = "wait *= 2; java.util.concurrent.locks.LockSupport.parkNanos(1);";
    private static final String OPEN = "try (Transport socket = sockets.open(" + CONNECT + ")) {";
    private static final String KEEP =
            "if (kept == null) { kept = sockets.open(" + CONNECT + "); } Transport socket = kept; {";

    @TempDir
    private Path home;

    /** Compiles the solution, after changes of its text. */
    private Path compile(String... changes) throws Exception {
        String text = Files.readString(STARTER.resolve("solution/" + NAME + ".java"));
        for (int i = 0; i < changes.length; i += 2) {
            assertTrue(text.contains(changes[i]), changes[i]);
            text = text.replace(changes[i], changes[i + 1]);
        }
        Path sources = Files.createDirectory(home.resolve("sources"));
        Files.writeString(sources.resolve(NAME + ".java"), text);
        Path classes = Files.createDirectory(home.resolve("classes"));
        AssignmentsIT.compile(sources, classes);
        return classes;
    }

    private static RuleResults examine(Path classes, String fates) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            List<Rule> rules = Subject.CLIENT_CLASS.rules();
            RuleTally tally = new RuleTally("test", rules);
            FatesCheck.run(new ClassOnNetwork(NAME), rules, fates, tally);
            return tally.results();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(Rule.C12, "c1=lose: TRIES (", "i < TRIES", "i < 1"),
                mistake(Rule.C12, "c1=lose c2=lose c3=lose: TRIES (", "TRIES = 3", "TRIES = 4"),
                mistake(Rule.C12, "c1=lose c2=lose: DOUBLED_WAITS (", "wait *= 2;", ""),
                mistake(
                        Rule.C12,
                        "c1=lose: NEW_PORT (",
                        OPEN,
                        "{",
                        "send(socket, request);",
                        OPEN + " send(socket, request);",
                        "wait *= 2;",
                        "} wait *= 2;"),
                mistake(
                        Rule.C12,
                        "without faults: expected waits in receive, ",
                        "clock.getAsLong()",
                        "System.nanoTime()"),
                mistake(Rule.C12, "the class has LockSupport.parkNanos", "wait *= 2;", PARK),
                mistake(
                        Rule.C13,
                        "c1=twice: OWN_REPLY (",
                        OPEN,
                        KEEP,
                        "int TRIES",
                        "int TRIES = 3; private Transport kept; static final int THREE"),
                mistake(
                        Rule.C14,
                        "c1=lose c2=lose: END_IN_TIME (",
                        "reply = receive",
                        "reply = i == 2 ? null : receive"),
                mistake(Rule.C14, "CLOSED_SOCKET (", OPEN, "Transport socket = sockets.open(" + CONNECT + "); {"),
                mistake(Rule.C14, "c1=lose: NO_CRASH (", "(buffer, " + LIMIT + ")", "(buffer)"),
                mistake(
                        Rule.C14,
                        "there was NullPointerException: ",
                        "return null;",
                        "return ((byte[]) null).clone();"),
                mistake(Rule.C17, "without faults: FIRST_REPLY (", "buffer.position()", "buffer.capacity()"),
                mistake(Rule.C11, "c1=lose: OWN_REPLY (", CONNECT, BIND),
                mistake(
                        Rule.C15,
                        "c1=lose: DOUBLED_WAITS (",
                        CONNECT,
                        BIND,
                        RECEIVE,
                        FROM_SERVER.replace("LIMIT", "FIRST_WAIT")));
    }

    private static Arguments mistake(Rule rule, String said, String... changes) {
        return Arguments.of(rule, said, changes);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeBreaksItsRule(Rule rule, String said, String... changes) throws Exception {
        RuleResults results = examine(compile(changes), "3");
        Verdicts.assertFails(Set.of(rule), results);
        assertTrue(results.table().contains(said), results::table);
    }

    @ParameterizedTest
    @CsvSource({"3, false, false", "2, true, false", "2, true, true"})
    void aRightClassSurvives(String faults, boolean isUnconnected, boolean isRounded) throws Exception {
        String limit = isRounded ? "Duration.ofMillis(left / 1_000_000 + 1)" : LIMIT;
        String[] changes = {CONNECT, BIND, RECEIVE, FROM_SERVER.replace("LIMIT", limit)};
        Path classes = isUnconnected ? compile(changes) : compile();
        Verdicts.assertFails(Set.of(), examine(classes, faults));
    }

    @Test
    void theStarterDoesNotPass() throws Exception {
        AssignmentsIT.compile(STARTER, home);
        RuleResults results = examine(home, "1");
        Verdicts.assertFails(Set.of(Rule.C14), results);
        assertTrue(results.table().contains(" is to be written"), results::table);
    }

    private Jvm.Result check(String name, Path classes) throws Exception {
        List<String> options = List.of("--class-path", classes.toString(), "--client-class", name);
        return Jvm.run(
                new byte[0],
                Stream.concat(Jvm.java("-jar", Jvm.jar("it"), "check").stream(), options.stream())
                        .toList(),
                Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "0, wait *= 2;, 'survived: 8,037 networks, all with up to 4 faults'", // as README.md says
        "1, System.exit(0);, the JVM ended; common cause: System.exit",
        "1, while (wait > 0) {}, 'expected an end, but after 10 s ask was still running (at AskOverTransport.java:'",
    })
    void theCommandSaysWhatHappened(int status, String code, String said) throws Exception {
        Jvm.Result result = check(NAME, compile("wait *= 2;", code));
        assertEquals(status, result.status(), result::err);
        assertTrue(result.out().contains(said), result::out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"No", "java.lang.Object"})
    void whatIsNoClientIsRefused(String name) throws Exception {
        Jvm.Result result = check(name, home);
        assertEquals(2, result.status(), result::out);
        String said = name.equals("No")
                ? "there is no class No on this class path\n"
                : "class java.lang.Object has no java.lang.Object(InetSocketAddress, TransportProvider, LongSupplier)\n";
        assertEquals("udp-it check: " + said, result.err());
    }
}
