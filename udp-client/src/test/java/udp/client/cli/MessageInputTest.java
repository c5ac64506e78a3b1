package udp.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import udp.internal.cli.CommandLine;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;
import udp.test.TestShell;

class MessageInputTest {
    private static final int LIMIT = 10;
    private static final String TOO_LARGE = "the message is larger than a datagram (at most 10 bytes)";
    private static final String PROMPT = "Input lowercase sentence:";
    private static final Set<Integer> TERMINAL = Set.of(Shell.IN, Shell.OUT, Shell.ERR);

    @Test
    void aTerminalIsAskedForOneSentence() throws IOException {
        TestShell shell = new TestShell(TERMINAL, "hello\nagain\n");
        assertEquals(List.of("hello"), all(input(shell)));
        assertEquals(PROMPT, shell.out());
        assertEquals("", shell.err());
    }

    @Test
    void anEmptySentenceIsAMessage() throws IOException {
        assertEquals(List.of(""), all(input(new TestShell(TERMINAL, "\n"))));
    }

    @Test
    void theEndOfATerminalsInputIsNoMessage() throws IOException {
        MessageInput input = input(new TestShell(TERMINAL, ""));
        assertEquals(List.of(), all(input));
        assertEquals(Program.DONE, input.status());
    }

    @Test
    void thePromptIsKeptOutOfARedirectedOutput() throws IOException {
        TestShell shell = new TestShell(Set.of(Shell.IN, Shell.ERR), "hello\n");
        assertEquals(List.of("hello"), all(input(shell)));
        assertEquals("", shell.out());
        assertEquals(PROMPT, shell.err());
    }

    @Test
    void everyLineOfAPipeIsAMessage() throws IOException {
        TestShell shell = new TestShell(Set.of(), "one\n\nthree");
        MessageInput input = input(shell);
        assertEquals(List.of("one", "", "three"), all(input));
        assertEquals(Program.DONE, input.status());
        assertEquals("", shell.out() + shell.err());
    }

    @Test
    void aPipeWithoutALineHasNoMessage() throws IOException {
        assertEquals(List.of(), all(input(new TestShell())));
    }

    @Test
    void aMessageOfTheCommandLineReplacesTheInput() throws IOException {
        TestShell terminal = new TestShell(TERMINAL, "input\n");
        assertEquals(List.of("\u4f60\u597d"), all(input(terminal, "-m", "\u4f60\u597d")));
        assertEquals("", terminal.out());
        assertEquals(List.of(""), all(input(new TestShell(Set.of(), "input\n"), "--message=")));
    }

    @Test
    void aLineThatIsTooLargeIsReportedAndSkipped() throws IOException {
        TestShell shell = new TestShell(Set.of(), "one\n12345678901\n1234567890\n");
        MessageInput input = input(shell);
        assertEquals(List.of("one", "1234567890"), all(input));
        assertEquals(Program.FAILED, input.status());
        assertEquals("udp-client: line 2: " + TOO_LARGE, shell.err().strip());
    }

    @Test
    void aSingleMessageThatIsTooLargeIsWrongUsage() {
        MessageInput option = input(new TestShell(), "-m", "12345678901");
        assertEquals(TOO_LARGE, assertThrows(UsageException.class, option::next).getMessage());
        MessageInput sentence = input(new TestShell(TERMINAL, "12345678901\n"));
        assertEquals(
                TOO_LARGE, assertThrows(UsageException.class, sentence::next).getMessage());
    }

    @Test
    void aLineWhoseExchangeFailsIsReportedAndTheOthersFollow() throws IOException {
        TestShell shell = new TestShell(Set.of(), "one\ntwo\nthree\n");
        MessageInput input = input(shell);
        input.next();
        input.next();
        input.fail(new PortUnreachableException("nothing listens"));
        assertEquals(List.of("three"), all(input));
        assertEquals(Program.FAILED, input.status());
        assertEquals(
                "udp-client: line 2: nothing listens; start the server there, or check host and port",
                shell.err().strip());
    }

    @Test
    void aSingleMessageWhoseExchangeFailsEndsTheProgram() throws IOException {
        PortUnreachableException cause = new PortUnreachableException("nothing listens");
        MessageInput input = input(new TestShell(), "-m", "hello");
        input.next();
        IOException failure = assertThrows(IOException.class, () -> input.fail(cause));
        assertEquals("nothing listens; start the server there, or check host and port", failure.getMessage());
        assertSame(cause, failure.getCause());
    }

    @Test
    void aLocalPortIsForOneLineOnly() throws IOException {
        MessageInput input = input(new TestShell(Set.of(), "one\ntwo\n"), "--local-port", "4711");
        input.next();
        assertEquals(
                "--local-port is for one message: a late reply to it must not be taken for the reply to the next",
                assertThrows(UsageException.class, input::next).getMessage());
        assertEquals(List.of("one"), all(input(new TestShell(Set.of(), "one\n"), "--local-port", "4711")));
    }

    private static MessageInput input(TestShell shell, String... arguments) {
        CommandLine line = CommandLine.parse(
                ClientOptions.PROGRAM.options(),
                ClientOptions.PROGRAM.operands(),
                List.of(arguments),
                new TestShell().shell());
        return new MessageInput(shell.shell(), ClientOptions.of(line), LIMIT);
    }

    private static List<String> all(MessageInput input) throws IOException {
        List<String> messages = new ArrayList<>();
        for (byte[] message = input.next(); message != null; message = input.next()) {
            messages.add(new String(message, UTF_8));
        }
        return messages;
    }
}
