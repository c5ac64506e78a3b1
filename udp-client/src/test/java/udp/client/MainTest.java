package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.internal.cli.Shell;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MainTest {
    private static final String HOST = "127.0.0.1";
    private static final String PROMPT = "Input lowercase sentence:";
    private static final String TOO_LARGE = "the message is larger than a datagram (at most 65507 bytes)";
    private static final Set<Integer> ALL = Set.of(Shell.IN, Shell.OUT, Shell.ERR);

    @Test
    void aTerminalIsAskedForASentenceAndGetsTheReply() throws IOException {
        Terminal terminal = Terminal.on(ALL, "hello\n");
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> request.reply("HELLO"))) {
            assertEquals(0, terminal.run(HOST, port(peer)));
            assertEquals(List.of("hello"), peer.texts());
        }
        assertEquals(PROMPT + "HELLO\n", terminal.out());
        assertEquals("", terminal.err());
    }

    @Test
    void theTraceShowsATimeOutAndARetransmissionOnceAlsoOnATerminal() throws IOException {
        Terminal terminal = Terminal.on(ALL, "");
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> {
            if (number == 2) {
                request.reply("HELLO");
            }
        })) {
            assertEquals(0, terminal.run("--trace", "-w", "200ms", "-n", "3", "-m", "hello", HOST, port(peer)));
        }
        List<String> calls = terminal.err()
                .lines()
                .map(line -> line.substring(15, Math.min(30, line.length())).strip())
                .toList();
        assertEquals(
                List.of(
                        "socket call",
                        "getaddrinfo()",
                        "socket()",
                        "bind()",
                        "connect()",
                        "sendto()",
                        "time-out",
                        "retransmission",
                        "sendto()",
                        "recvfrom()",
                        "close()",
                        "print reply"),
                calls);
        assertEquals("HELLO\n", terminal.out());
    }

    @Test
    void aTerminalIsAskedOnlyOnce() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(0, Terminal.on(ALL, "hello\nagain\n").run(HOST, port(peer)));
            assertEquals(List.of("hello"), peer.texts());
        }
    }

    @Test
    void theEndOfATerminalsInputSendsNothing() throws IOException {
        Terminal terminal = Terminal.on(ALL, "");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(0, terminal.run(HOST, port(peer)));
            assertEquals(List.of(), peer.texts());
        }
        assertEquals(PROMPT + System.lineSeparator(), terminal.out());
    }

    @Test
    void anEmptySentenceIsSent() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(0, Terminal.on(ALL, "\n").run(HOST, port(peer)));
            assertEquals(List.of(""), peer.texts());
        }
    }

    @Test
    void thePromptIsKeptOutOfARedirectedOutput() throws IOException {
        Terminal terminal = Terminal.on(Set.of(Shell.IN, Shell.ERR), "hello\n");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(0, terminal.run(HOST, port(peer)));
        }
        assertEquals("hello\n", terminal.out());
        assertEquals(PROMPT, terminal.err());
    }

    @Test
    void aTerminalIsNotDrivenByAReply() throws IOException {
        Terminal terminal = Terminal.on(Set.of(Shell.OUT), "");
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> request.reply("\u001b[2J"))) {
            assertEquals(0, terminal.run("-m", "hello", HOST, port(peer)));
        }
        assertEquals("\\u001b[2J\n", terminal.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket", "channel"})
    void everyLineOfAPipeIsSentAndItsReplyPrintedInOrder(String transport) throws IOException {
        Terminal pipe = Terminal.piped("one\n\nthree");
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> request.reply(request.text() + "!"))) {
            assertEquals(0, pipe.run("-t", transport, HOST, port(peer)));
            assertEquals(List.of("one", "", "three"), peer.texts());
        }
        assertEquals("one!\n!\nthree!\n", pipe.out());
        assertEquals("", pipe.err());
    }

    @Test
    void everyLineLeavesFromAPortOfItsOwn() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(0, Terminal.piped("one\ntwo\nthree\n").run(HOST, port(peer)));
            assertEquals(
                    3,
                    peer.requests().stream()
                            .map(ScriptedPeer.Request::source)
                            .distinct()
                            .count());
        }
    }

    @Test
    void aPipeWithoutALineSendsNothing() throws IOException {
        Terminal pipe = Terminal.none();
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(0, pipe.run(HOST, port(peer)));
            assertEquals(List.of(), peer.texts());
        }
        assertEquals("", pipe.out());
    }

    @Test
    void aLineWithoutAReplyIsReportedAndTheOthersGoOn() throws IOException {
        Terminal pipe = Terminal.piped("one\ntwo\nthree\n");
        ScriptedPeer.Script deafToTwo = (number, request) -> {
            if (!request.text().equals("two")) {
                request.reply(request.bytes());
            }
        };
        try (ScriptedPeer peer = new ScriptedPeer(deafToTwo)) {
            assertEquals(1, pipe.run("--timeout", "200ms", "--tries", "2", HOST, port(peer)));
            assertTrue(
                    pipe.err().startsWith("udp-client: line 2: no answer from " + HOST + ":" + port(peer)), pipe.err());
        }
        assertEquals("one\nthree\n", pipe.out());
        assertEquals(1, pipe.err().lines().count());
    }

    @Test
    void aLineThatIsTooLargeIsReportedAndNotSent() throws IOException {
        Terminal pipe = Terminal.piped("one\n" + "x".repeat(65_508) + "\nthree\n");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(1, pipe.run(HOST, port(peer)));
            assertEquals(List.of("one", "three"), peer.texts());
        }
        assertEquals("udp-client: line 2: " + TOO_LARGE, pipe.err().strip());
    }

    @Test
    void theLargestLineIsSent() throws IOException {
        String largest = "x".repeat(65_507);
        Terminal pipe = Terminal.piped(largest + "\n");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(0, pipe.run(HOST, port(peer)));
        }
        assertEquals(largest + "\n", pipe.out());
    }

    @Test
    void aMessageOfTheCommandLineIsSentInsteadOfTheInput() throws IOException {
        Terminal terminal = Terminal.on(ALL, "input\n");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(0, terminal.run("-m", "\u4f60\u597d", HOST, port(peer)));
            assertEquals(List.of("\u4f60\u597d"), peer.texts());
        }
        assertEquals("\u4f60\u597d\n", terminal.out());
    }

    @Test
    void anEmptyMessageOfTheCommandLineIsSent() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(0, Terminal.piped("input\n").run("--message=", HOST, port(peer)));
            assertEquals(List.of(""), peer.texts());
        }
    }

    @Test
    void aClosedPortIsReported() throws IOException {
        Terminal pipe = Terminal.none();
        try (RefusingPort port = new RefusingPort()) {
            assertEquals(1, pipe.run("-m", "hello", "-w", "50ms", "-n", "2", HOST, Integer.toString(port.port())));
            assertEquals(
                    "udp-client: nothing listens on " + HOST + ":" + port.port()
                            + " (connection refused); start the server there, or check host and port",
                    pipe.err().strip());
        }
        assertEquals("", pipe.out());
    }

    @Test
    void aTerminalIsToldOfTheProgress() throws IOException {
        Terminal terminal = Terminal.on(Set.of(Shell.ERR), "");
        try (RefusingPort port = new RefusingPort()) {
            assertEquals(1, terminal.run("-m", "hello", "-w", "50ms", "-n", "2", HOST, Integer.toString(port.port())));
            assertEquals(
                    "udp-client: nothing listens on " + HOST + ":" + port.port()
                            + " (connection refused) yet; try 2 of 2, waiting 100 ms",
                    terminal.err().lines().findFirst().orElseThrow());
        }
        assertEquals(2, terminal.err().lines().count());
    }

    @Test
    void aClosedOutputEndsTheProgram() throws IOException {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Terminal pipe = Terminal.piped("one\ntwo\n");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(1, pipe.runWithOutput(closed, HOST, port(peer)));
            assertEquals(List.of("one"), peer.texts());
        }
        assertTrue(pipe.err().contains("standard output could not be written"), pipe.err());
    }

    private static String port(ScriptedPeer peer) {
        return Integer.toString(peer.port());
    }
}
