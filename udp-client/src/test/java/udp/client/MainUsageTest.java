package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.client.cli.ClientOptions;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MainUsageTest {
    private static final String HOST = "127.0.0.1";
    private static final String TOO_LARGE = "the message is larger than a datagram (at most 65507 bytes)";

    @Test
    void aMessageOfTheCommandLineThatIsTooLargeIsWrongUsage() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertRefused(TOO_LARGE, "-m", "x".repeat(65_508), HOST, port(peer));
            assertEquals(List.of(), peer.texts());
        }
    }

    @Test
    void aMessageThatTheLocaleSpoiledIsWrongUsage() {
        assertRefused(
                "-m: the message has characters that the locale does not cover; pass it on standard input instead",
                "-m",
                "caf\ufffd",
                HOST,
                "7");
    }

    @Test
    void twoFamiliesAreWrongUsage() {
        assertRefused("-4 and -6 exclude each other", "-4", "-6", HOST);
    }

    @Test
    void aHostWithoutAnAddressOfTheFamilyIsWrongUsage() {
        assertRefused("host '127.0.0.1' has no address of the family asked for (-4, -6)", "-6", HOST, "7");
    }

    @Test
    void aHostThatDoesNotResolveIsWrongUsage() {
        assertRefused(
                "host 'no-such-host.invalid' does not resolve; check the name, or give an address",
                "no-such-host.invalid");
    }

    @Test
    void anUnknownTransportIsWrongUsage() {
        assertRefused("no transport is called 'pigeon'; available: channel, socket", "-t", "pigeon", HOST, "7");
    }

    @Test
    void theFamilyAskedForIsUsed() throws IOException {
        Terminal pipe = Terminal.piped("hello\n");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(0, pipe.run("-4", "localhost", port(peer)));
        }
        assertEquals("hello\n", pipe.out());
    }

    @Test
    void theLocalPortIsTheOneAskedFor() throws IOException {
        String local = freePort();
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(0, Terminal.piped("hello\n").run("--local-port", local, HOST, port(peer)));
            assertEquals(
                    Integer.parseInt(local), peer.requests().get(0).source().getPort());
        }
    }

    @Test
    void aLocalPortIsForOneLineOnly() throws IOException {
        Terminal pipe = Terminal.piped("one\ntwo\n");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            assertEquals(2, pipe.run("--local-port", freePort(), HOST, port(peer)));
            assertEquals(List.of("one"), peer.texts());
        }
        assertEquals("one\n", pipe.out());
        assertEquals(
                "udp-client: --local-port is for one message: "
                        + "a late reply to it must not be taken for the reply to the next",
                pipe.err().strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket", "channel"})
    void aLocalPortThatIsTakenIsReported(String transport) throws IOException {
        Terminal pipe = Terminal.none();
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                DatagramSocket taken = Loopback.socket(Loopback.IPV4)) {
            String port = Integer.toString(taken.getLocalPort());
            assertEquals(1, pipe.run("-t", transport, "-m", "hello", "--local-port", port, HOST, port(peer)));
            assertEquals(
                    "udp-client: cannot send from port " + port + ": Address already in use; choose another",
                    pipe.err().strip().replace(" (Bind failed)", ""));
        }
    }

    @Test
    void helpNamesEveryOption() {
        Terminal pipe = Terminal.none();
        assertEquals(0, pipe.run("--help"));
        assertTrue(pipe.out().startsWith("usage: java -jar udp-client.jar "), pipe.out());
        ClientOptions.OPTIONS.forEach(option -> assertTrue(pipe.out().contains("--" + option.name()), option.name()));
    }

    private static void assertRefused(String message, String... arguments) {
        Terminal pipe = Terminal.piped("input\n");
        assertEquals(2, pipe.run(arguments));
        assertEquals("udp-client: " + message, pipe.err().strip());
        assertEquals("", pipe.out());
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
