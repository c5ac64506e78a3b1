package udp.it.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.test.Background;
import udp.test.TestShell;

@Timeout(30)
class ProxyCommandTest {
    private final TestShell shell = new TestShell();

    private int run(String... arguments) {
        return ProxyCommand.run(shell.shell(), List.of(arguments));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                ''                       | where is the server? --to HOST:PORT is missing
                --to 50007               | --to: '50007' is not HOST:PORT (such as localhost:50007 or [::1]:50007)
                --to ::1:50007           | --to: '::1:50007' is not HOST:PORT (such as localhost:50007 or [::1]:50007)
                --to localhost:0         | --to: '0' is not a port number (1 to 65535)
                --to [::1::2]:50007      | --to: host '[::1::2]' does not resolve
                --to [::1]:9 --listen x  | --listen: 'x' is not a port number (0 to 65535)
                --to localhost:9 --listen 9         | --to 127.0.0.1:9 is where --listen is: it would go in circles
                --to 0.0.0.0:9 --listen 127.0.0.1:9 | --to 127.0.0.1:9 is where --listen is: it would go in circles
                --to localhost:9 --pcap f --trace-file ./f | --pcap and --trace-file name the same file
                --to localhost:9 --trace-limit 0    | --trace-limit: '0' is not a number of megabytes (1 to 999999999)
                --to localhost:9 --loss 2           | --loss: '2' is not a probability (0 to 1)
                --to localhost:9 --fates c0=lose    | --fates: c0=lose: no such datagram; there are c1, c2, ... from clients and s1, s2, ... from the server
                operand                  | unexpected argument 'operand'; see --help
            """)
    void wrongUsageIsStatusTwoAndOneLine(String arguments, String message) {
        assertEquals(2, run(arguments.isEmpty() ? new String[0] : arguments.split(" ")));
        assertEquals("udp-it proxy: " + message + System.lineSeparator(), shell.err());
        assertEquals("", shell.out());
    }

    @Test
    void aPortInUseIsStatusOneAndAWayOut() throws IOException {
        try (DatagramSocket holder = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(holder.getLocalPort());
            assertEquals(1, run("--to", "127.0.0.1:9", "--listen", port));
            assertTrue(
                    shell.err()
                            .matches("udp-it proxy: cannot bind 127\\.0\\.0\\.1:" + port + ": .+"
                                    + "; choose another with --listen, or stop the program that has it\\R"),
                    shell.err());
            assertEquals("", shell.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "127.0.0.1:0", "localhost:0"})
    void itPrintsItsAddressAndItsSummary(String listen) throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                PipedInputStream out = new PipedInputStream();
                PipedOutputStream into = new PipedOutputStream(out)) {
            server.setSoTimeout(10_000);
            String to = "127.0.0.1:" + server.getLocalPort();
            Background<Integer> running = Background.start(
                    () -> ProxyCommand.run(shell.shell(into), List.of("--to", to, "--listen", listen)));
            BufferedReader lines = new BufferedReader(new InputStreamReader(out, UTF_8));
            String greeting = lines.readLine();
            assertTrue(greeting.matches("udp-it proxy: listening on 127\\.0\\.0\\.1:[0-9]+, to " + to), greeting);
            int port = Integer.parseInt(greeting.replaceAll(".*:([0-9]+),.*", "$1"));
            client.send(new DatagramPacket(new byte[] {1}, 1, InetAddress.getByName("127.0.0.1"), port));
            server.receive(new DatagramPacket(new byte[1], 1));
            running.thread.interrupt();
            assertEquals(
                    "udp-it proxy: to the server: received 1, relayed 1, lost 0, dropped 0;"
                            + " to clients: received 0, relayed 0, lost 0, dropped 0",
                    lines.readLine());
            assertEquals(0, running.result());
            assertEquals("", shell.err());
        }
    }

    @Test
    void aCaptureDoesNotFollowASymbolicLink(@TempDir Path folder) throws IOException {
        Path target = Files.writeString(folder.resolve("kept"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        assertEquals(2, run("--to", "127.0.0.1:9", "--pcap", link.toString()));
        assertEquals(
                "udp-it proxy: --pcap: cannot write '" + link + "': a symbolic link; name the file itself\n",
                shell.err());
        assertEquals("kept", Files.readString(target));
    }

    @Test
    void theHelpFitsATerminal() {
        assertEquals(0, run("--help"));
        assertTrue(shell.out().lines().count() <= 24);
        shell.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }
}
