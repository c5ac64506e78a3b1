package udp.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static udp.it.Jvm.jar;
import static udp.it.Jvm.java;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client and server with Python as their peer, and on a terminal that Python emulates. */
@Timeout(60)
class PeersIT {
    /** The client of the lecture notes, with the port as its argument. */
    private static final String CLIENT = """
            from socket import *
            import sys
            client = socket(AF_INET, SOCK_DGRAM)
            message = input('Input lowercase sentence:')
            client.sendto(message.encode(), ('localhost', int(sys.argv[1])))
            reply, server = client.recvfrom(2048)
            print(reply.decode())
            client.close()
            """;

    /** The server of the lecture notes, extended to print its port. */
    private static final String SERVER = """
            from socket import *
            server = socket(AF_INET, SOCK_DGRAM)
            server.bind(('127.0.0.1', 0))
            print('listening on %s:%d' % server.getsockname(), flush=True)
            while True:
                message, client = server.recvfrom(2048)
                server.sendto(message.decode().upper().encode(), client)
            """;

    /** Runs a command on a terminal, types a line at the prompt, and prints everything that the terminal showed. */
    private static final String TERMINAL = """
            import os, pty, sys
            prompt, typed, command = sys.argv[1].encode(), sys.argv[2].encode(), sys.argv[3:]
            pid, terminal = pty.fork()
            if pid == 0:
                os.execvp(command[0], command)
            shown = b''
            while True:
                try:
                    piece = os.read(terminal, 1024)
                except OSError:
                    piece = b''
                if not piece:
                    break
                shown += piece
                if prompt and prompt in shown:
                    os.write(terminal, typed)
                    prompt = b''
            os.write(1, shown)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;

    @BeforeAll
    static void assumePython() throws Exception {
        assumeTrue(
                Jvm.run("", List.of(Python.path(), "-c", "import pty")).status() == 0,
                "This computer's Python has no pseudo-terminals.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void theLectureNotesClientGetsAReply(String transport) throws Exception {
        try (Jvm server = Jvm.start(java("-jar", jar("server"), "-p", "0", "-t", transport), Map.of())) {
            String port = String.valueOf(server.port());
            Jvm.Result result = Jvm.run("hello, 中文 straße\n", List.of(Python.path(), "-X", "utf8", "-c", CLIENT, port));
            assertEquals("Input lowercase sentence:HELLO, 中文 STRASSE\n", result.out(), result.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void theLectureNotesServerReplies(String transport) throws Exception {
        try (Jvm server = Jvm.start(List.of(Python.path(), "-c", SERVER), Map.of())) {
            String port = String.valueOf(server.port());
            Jvm.Result result =
                    Jvm.run("hello\n\n中文 straße\n", java("-jar", jar("client"), "-t", transport, "localhost", port));
            assertEquals("HELLO\n\n中文 STRASSE\n", result.out());
            assertEquals("", result.err());
        }
    }

    @Test
    void onATerminalTheClientAsksForOneSentence() throws Exception {
        try (Jvm server = Jvm.start(java("-jar", jar("server"), "-p", "0"), Map.of())) {
            String port = String.valueOf(server.port());
            Jvm.Result result = onTerminal(
                    "Input lowercase sentence:", "hello, world\n", java("-jar", jar("client"), "127.0.0.1", port));
            assertEquals("Input lowercase sentence:hello, world\r\nHELLO, WORLD\r\n", result.out());
            assertEquals(0, result.status());
        }
    }

    @Test
    void controlCharactersAreEscapedForATerminal() throws Exception {
        try (Jvm server = Jvm.start(java("-jar", jar("server"), "-p", "0", "--processor", "echo"), Map.of())) {
            String port = String.valueOf(server.port());
            List<String> client = java("-jar", jar("client"), "127.0.0.1", port, "-m");
            Jvm.Result result = onTerminal("", "", Jvm.withUtf8(client, "\u001b[31mred\u0007\r中"));
            assertEquals("\\u001b[31mred\\u0007\\u000d中\r\n", result.out());
        }
    }

    @Test
    void onATerminalTheClientPrintsWhatItWaitsFor() throws Exception {
        try (Jvm silent = Jvm.start(java("-jar", jar("server"), "-p", "0", "--processor", "discard"), Map.of())) {
            String port = String.valueOf(silent.port());
            Jvm.Result result = onTerminal(
                    "", "", java("-jar", jar("client"), "-w", "50ms", "-n", "2", "-m", "x", "127.0.0.1", port));
            List<String> lines = result.out().lines().toList();
            assertEquals(
                    "udp-client: no reply from 127.0.0.1:" + port + " yet; try 2 of 2, waiting 100 ms", lines.get(0));
            assertTrue(lines.get(1).startsWith("udp-client: no reply from 127.0.0.1:" + port + " after 2 tries"));
            assertEquals(2, lines.size());
            assertEquals(1, result.status());
        }
    }

    private static Jvm.Result onTerminal(String prompt, String typed, List<String> command) throws Exception {
        List<String> whole = new ArrayList<>(List.of(Python.path(), "-c", TERMINAL, prompt, typed));
        whole.addAll(command);
        return Jvm.run(new byte[0], whole, Map.of("LC_ALL", "C.UTF-8"));
    }
}
