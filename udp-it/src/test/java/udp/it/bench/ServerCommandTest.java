package udp.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("a process that starts inherits the sockets of other tests for a moment")
class ServerCommandTest {
    private static List<ServerCommand> parse(String text) {
        return ServerCommand.parse(text);
    }

    @Test
    void takesItsNameFromTheProgramUnlessItHasOne() {
        assertEquals(
                List.of(new ServerCommand("server", List.of("/opt/my/server", "-p", "{port}"), false)),
                parse(" /opt/my/server  -p {port} "));
        assertEquals("mine", parse("mine=./server {port}").get(0).name());
        assertEquals(
                List.of("./server", "a=b", "{port}"),
                parse("./server a=b {port}").get(0).words());
    }

    @Test
    void mayBeOneOfSeveralWithQuotedWords() {
        List<ServerCommand> commands = parse("c=./c {port}; py=python3 -c 'a; \"b\"' {port};./d \"--at {port}\" ''");
        assertEquals(
                List.of("c", "py", "d"),
                commands.stream().map(ServerCommand::name).toList());
        assertEquals(
                List.of("python3", "-c", "a; \"b\"", "{port}"), commands.get(1).words());
        assertEquals(List.of("./d", "--at 7", ""), commands.get(2).at(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "./server", "./server {port};", "mine=", "a {port}; b 7"})
    void needsThePlaceOfItsPort(String text) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> parse(text))
                .getMessage()
                .contains("{port}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"./server '{port}", "./server {port} \""})
    void closesItsQuotationMarks(String text) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> parse(text))
                .getMessage()
                .contains("quotation"));
    }
}
