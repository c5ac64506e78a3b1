package udp.it.kit;

import static udp.contract.Rule.*;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import udp.api.spi.Providers;
import udp.contract.Rule;
import udp.it.kit.support.CommandTemplate;

/** Each mistake that public programs have fails exactly the rules that it breaks, and the cause names the mistake. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class WrongPublicProgramsIT {
    static Stream<Arguments> clients() {
        String forever = "sends again forever: nothing limits the number of tries";
        return Stream.of(
                wrong("waits forever", "a receive without a time limit|waits for a reply to a datagram", C12, C14, C15),
                wrong("sends again forever", forever, C14, C15),
                wrong("waits no longer", "a time-out that never grows", C12),
                wrong("has a socket for each try", "a new socket for each try", C12),
                wrong("takes a stranger's reply", "neither connected the socket nor compared the sender", C11),
                wrong("trims the reply", "strip() or trim() of a reply that ends in a blank", C7, C8),
                wrong("prints bytes", "print() shows bytes as b'...': decode() is missing", C2));
    }

    static Stream<Arguments> servers() {
        return Stream.of(
                wrong("shares a buffer over threads", "threads share a buffer, which the next request overwrites", S11),
                wrong("replies from a new socket", "replied from a new socket", S12),
                wrong("replies twice", "replied more than once", S12),
                Arguments.of(
                        "closes after its first reply",
                        "closes after its first reply: receive and send are in no loop",
                        EnumSet.range(S1, S14)));
    }

    static Stream<Arguments> pingers() {
        return Stream.of(
                wrong("counts from 0", ""),
                wrong("ends before ten", "counts from 0 or from 1 and ends as if it were the other", A2_1, A2_2),
                wrong("looks at no sender", "neither connected the socket nor compared the sender", A2_5),
                wrong("averages over all pings", "the pings that got no reply count for the mean", A2_7));
    }

    static Stream<Arguments> transfers() {
        String first = "the sender counts from 0, the receiver from 1: the first part is missing";
        String last =
                "the receiver ended with its last acknowledgement, which was lost|no checksum over header and part";
        return Stream.of(
                wrong("counts from 1", ""),
                wrong("counts from 0 and from 1", first, A5_1, A5_3, A5_4, A5_5, A5_7, A5_8),
                wrong("ends after a short part", "the end is seen by a part that is shorter", A5_1),
                wrong("sends nothing of an empty file", "the end is seen only after a part that is not empty", A5_2),
                wrong("ends with its last acknowledgement", last, A5_3, A5_7));
    }

    private static Arguments wrong(String mistake, String causes, Rule... broken) {
        return Arguments.of(mistake, causes, Set.of(broken));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aClient(String mistake, String causes, Set<Rule> broken) throws Exception {
        CommandTemplate command = python("wrong_client.py", mistake, "{host} {port}");
        Verdicts.assertFails(broken, causes, Verdicts.examine("C", Subject.client(command, 0)));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServer(String mistake, String causes, Set<Rule> broken) throws Exception {
        CommandTemplate command = python("wrong_server.py", mistake, "{port}");
        Verdicts.assertFails(
                broken, causes, Verdicts.examine("S", Subject.server(command, Providers.processor("upper"))));
    }

    @ParameterizedTest
    @MethodSource("pingers")
    void aPinger(String mistake, String causes, Set<Rule> broken) throws Exception {
        CommandTemplate command = python("wrong_pinger.py", mistake, "{host} {port}");
        Verdicts.assertFails(broken, causes, Verdicts.examine("A2", Subject.pinger(command)));
    }

    @ParameterizedTest
    @MethodSource("transfers")
    void aFileTransfer(String mistake, String causes, Set<Rule> broken) throws Exception {
        CommandTemplate sender = python("wrong_transfer.py", mistake, "{host} {port} {file}");
        CommandTemplate receiver = python("wrong_transfer.py", mistake, "{port} {file}");
        Verdicts.assertFails(broken, causes, Verdicts.examine("A5", Subject.fileTransfer(sender, receiver)));
    }

    private static CommandTemplate python(String file, String mistake, String arguments) throws Exception {
        return CommandTemplate.of(HostileProgramsIT.python(file) + " \"" + mistake + "\" " + arguments);
    }
}
