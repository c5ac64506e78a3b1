package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.client.cli.ClientOptions;
import udp.internal.cli.Shell;
import udp.test.Loopback;
import udp.test.TestShell;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MainTest {
    private static final String HOST = "127.0.0.1";
    private static final String PROMPT = "Input lowercase sentence:";
    private static final String TOO_LARGE = "the message is larger than a datagram (at most 65507 bytes)";
    private static final Set<Integer> TERMINAL = Set.of(Shell.IN, Shell.OUT, Shell.ERR);

    @Test
    void aTerminalIsAskedForASentenceAndGetsTheReply() throws IOException {
        TestShell terminal = new TestShell(TERMINAL, "hello\nagain\n");
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> request.reply("HELLO"))) {
            assertEquals(0, run(terminal, HOST, port(peer)));
            assertEquals(List.of("hello"), peer.texts());
        }
        assertEquals(PROMPT + "HELLO\n", terminal.out());
        assertEquals("", terminal.err());
    }

    @Test
    void theEndOfATerminalsInputSendsNothing() throws IOException {
        TestShell terminal = new TestShell(TERMINAL, "");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(0, run(terminal, HOST, port(peer)));
            assertEquals(List.of(), peer.texts());
        }
        assertEquals(PROMPT + System.lineSeparator(), terminal.out());
    }

    @Test
    void theTraceShowsATimeOutAndARetransmissionOnceAlsoOnATerminal() throws IOException {
        TestShell terminal = new TestShell(TERMINAL, "");
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> {
            if (number == 2) {
                request.reply("HELLO");
            }
        })) {
            assertEquals(0, run(terminal, "--trace", "-w", "200ms", "-n", "3", "-m", "hello", HOST, port(peer)));
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

    @ParameterizedTest
    @ValueSource(strings = {"socket", "channel"})
    void everyLineOfAPipeIsSentFromAnotherPortAndItsReplyPrintedInOrder(String transport) throws IOException {
        TestShell pipe = pipe("one\n\nthree");
        try (ScriptedPeer peer = new ScriptedPeer((number, request) -> request.reply(request.text() + "!"))) {
            assertEquals(0, run(pipe, "-t", transport, HOST, port(peer)));
            assertEquals(List.of("one", "", "three"), peer.texts());
            assertEquals(
                    3,
                    peer.requests().stream()
                            .map(ScriptedPeer.Request::source)
                            .distinct()
                            .count());
        }
        assertEquals("one!\n!\nthree!\n", pipe.out());
        assertEquals("", pipe.err());
    }

    @Test
    void aLineWithoutAReplyIsReportedAndTheOthersAreSent() throws IOException {
        TestShell pipe = pipe("one\ntwo\nthree\n");
        ScriptedPeer.Script deafToTwo = (number, request) -> {
            if (!request.text().equals("two")) {
                request.reply(request.bytes());
            }
        };
        try (ScriptedPeer peer = new ScriptedPeer(deafToTwo)) {
            assertEquals(1, run(pipe, "--timeout", "200ms", "--tries", "2", HOST, port(peer)));
            String start = "udp-client: line 2: no reply from " + HOST + ":" + port(peer) + " after 2 tries in ";
            assertTrue(pipe.err().startsWith(start), pipe.err());
            assertTrue(pipe.err().strip().endsWith("; check host, port and firewall, or wait longer"), pipe.err());
        }
        assertEquals("one\nthree\n", pipe.out());
        assertEquals(1, pipe.err().lines().count());
    }

    @Test
    void aMessageOfTheCommandLineThatIsTooLargeIsWrongUsage() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertRefused(TOO_LARGE, "-m", "x".repeat(65_508), HOST, port(peer));
            assertEquals(List.of(), peer.texts());
        }
    }

    @Test
    void aClosedPortIsReportedAndATerminalIsToldOfTheRetry() throws IOException {
        TestShell pipe = pipe("");
        TestShell terminal = new TestShell(Set.of(Shell.ERR), "");
        try (RefusingPort port = new RefusingPort()) {
            String[] arguments = {"-m", "hello", "-w", "50ms", "-n", "2", HOST, Integer.toString(port.port())};
            assertEquals(1, run(pipe, arguments));
            assertEquals(1, run(terminal, arguments));
            String refusal = "udp-client: nothing listens on " + HOST + ":" + port.port() + " (connection refused)";
            String failure = refusal + "; start the server there, or check host and port";
            assertEquals(List.of(failure), pipe.err().lines().toList());
            assertEquals(
                    List.of(refusal + " yet; try 2 of 2, waiting 100 ms", failure),
                    terminal.err().lines().toList());
        }
        assertEquals("", pipe.out());
    }

    @Test
    void aClosedOutputEndsTheProgram() throws IOException {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        TestShell pipe = pipe("one\ntwo\n");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(1, Main.run(pipe.shell(closed), HOST, port(peer)));
            assertEquals(List.of("one"), peer.texts());
        }
        assertTrue(pipe.err().contains("standard output could not be written"), pipe.err());
    }

    @Test
    void theLocalPortIsTheOneAskedFor() throws IOException {
        String local = freePort();
        TestShell pipe = pipe("one\ntwo\n");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(2, run(pipe, "--local-port", local, HOST, port(peer)));
            assertEquals(List.of("one"), peer.texts());
            assertEquals(
                    Integer.parseInt(local), peer.requests().get(0).source().getPort());
        }
        assertEquals("one\n", pipe.out());
        assertTrue(pipe.err().startsWith("udp-client: --local-port is for one message: "), pipe.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket", "channel"})
    void aLocalPortThatIsTakenIsReported(String transport) throws IOException {
        TestShell pipe = pipe("");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                DatagramSocket taken = Loopback.socket(Loopback.IPV4)) {
            String port = Integer.toString(taken.getLocalPort());
            assertEquals(1, run(pipe, "-t", transport, "-m", "hello", "--local-port", port, HOST, port(peer)));
            // The reason is the system's, in the user's language.
            String line = "udp-client: cannot send from port " + port + ": \\P{C}+; choose another\\R";
            assertTrue(pipe.err().matches(line), pipe.err());
        }
    }

    @Test
    void anUnknownTransportIsWrongUsage() {
        assertRefused("no transport is called 'pigeon'; available: channel, socket", "-t", "pigeon", HOST, "7");
    }

    @Test
    void helpNamesEveryOption() {
        TestShell pipe = pipe("");
        assertEquals(0, run(pipe, "--help"));
        assertTrue(pipe.out().startsWith("usage: java -jar udp-client.jar "), pipe.out());
        ClientOptions.PROGRAM
                .options()
                .forEach(option -> assertTrue(pipe.out().contains("--" + option.name()), option.name()));
    }

    private static void assertRefused(String message, String... arguments) {
        TestShell pipe = pipe("input\n");
        assertEquals(2, run(pipe, arguments));
        assertEquals("udp-client: " + message, pipe.err().strip());
        assertEquals("", pipe.out());
    }

    private static TestShell pipe(String input) {
        return new TestShell(Set.of(), input);
    }

    private static int run(TestShell shell, String... arguments) {
        return Main.run(shell.shell(), arguments);
    }

    private static String port(ScriptedPeer peer) {
        return Integer.toString(peer.port());
    }

    private static String freePort() throws IOException {
        try (DatagramSocket socket = Loopback.socket(Loopback.IPV4)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
