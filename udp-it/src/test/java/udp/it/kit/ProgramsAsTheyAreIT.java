package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.contract.Rule.*;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.spi.Providers;
import udp.contract.Ip;
import udp.contract.Peer;
import udp.contract.Rule;
import udp.it.kit.report.RuleResults;
import udp.it.kit.support.CommandTemplate;

/** Programs that were not written for the kit are graded: with a port built in, with prompts, behind a script. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class ProgramsAsTheyAreIT {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "''", "::", "::1"})
    void aServerHasItsPortBuiltIn(String host) throws Exception {
        if (host.contains(":")) {
            Ip.IPv6.assumeHere();
        }
        int port = freePort();
        keepsAllAsServer(new CommandTemplate(
                HostileProgramsIT.python("student_server.py") + " " + host + " " + port, port, "", null));
    }

    @Test
    void aServerAsksForItsPort() throws Exception {
        keepsAllAsServer(
                new CommandTemplate(HostileProgramsIT.python("student_server.py") + " 127.0.0.1", 0, "{port}\n", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "::1"})
    void aClientHasItsPortBuiltInAndRunsWhereItsFilesAre(String host, @TempDir Path folder) throws Exception {
        if (host.contains(":")) {
            Ip.IPv6.assumeHere();
        }
        int port = freePort();
        Files.writeString(folder.resolve("port.txt"), String.valueOf(port));
        keepsAllAsClient(
                new CommandTemplate(HostileProgramsIT.python("student_client.py") + " " + host, port, "", folder));
    }

    @Test
    void aClientAsksForItsServer() throws Exception {
        keepsAllAsClient(
                new CommandTemplate(HostileProgramsIT.python("student_client.py"), 0, "{host}\n{port}\n", null));
    }

    @Test
    void theSizeOfTheBufferThatWasSeenIsTheCause() throws Exception {
        String server = HostileProgramsIT.python("wrong_server.py") + " 'cuts at 1024' {port}";
        String table = Verdicts.examine("S", Subject.server(CommandTemplate.of(server), Providers.processor("upper")))
                .table();
        assertEquals(3, table.split("common cause: a receive buffer of 1,024 bytes", -1).length, table);
    }

    static Stream<Arguments> pingers() {
        return Stream.of(
                Arguments.of("pinger_textbook.py", Set.of(A2_4, A2_5, A2_7, A2_8)),
                Arguments.of("pinger_statistics.py", Set.of(A2_4, A2_5, A2_8)),
                Arguments.of("pinger_like_ping.py", Set.of(A2_4, A2_8)));
    }

    /** It keeps what MUST be, and what it breaks is said with the line to look for. */
    @ParameterizedTest
    @MethodSource("pingers")
    void thePingerOfTheTextbookKeepsWhatMustBe(String file, Set<Rule> broken) throws Exception {
        CommandTemplate command = CommandTemplate.of(HostileProgramsIT.python(file) + " {host} {port}");
        RuleResults results = Verdicts.examine("A2", Subject.pinger(command));
        Verdicts.assertFails(broken, results);
        assertTrue(results.line().contains("MUST 4 of 4"), results::table);
    }

    private static void keepsAllAsServer(CommandTemplate command) {
        Verdicts.assertFails(Set.of(), Verdicts.examine("S", Subject.server(command, Providers.processor("upper"))));
    }

    /** The client asks one sentence only. */
    private static void keepsAllAsClient(CommandTemplate command) {
        Verdicts.assertFails(Set.of(), Verdicts.examine("C", Subject.client(command, 0)));
    }

    private static int freePort() throws Exception {
        return Peer.freePort(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))
                .getPort();
    }
}
