package udp.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.internal.cli.Shell;

@Timeout(30)
class ProxyTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy                         | where is the server? --to HOST:PORT is missing",
                "proxy --to 50007              | --to: '50007' is not HOST:PORT (such as localhost:50007 or [::1]:50007)",
                "proxy --to ::1:50007          | --to: '::1:50007' is not HOST:PORT (such as localhost:50007 or [::1]:50007)",
                "proxy --to localhost:0        | --to: '0' is not a port number (1 to 65535)",
                "proxy --to [::1::2]:50007     | --to: host '[::1::2]' does not resolve",
                "proxy --to [::1]:9 --listen x | --listen: 'x' is not a port number (0 to 65535)",
                "proxy --to localhost:9 --listen 9         | --to 127.0.0.1:9 is where --listen is: it would go in circles",
                "proxy --to 0.0.0.0:9 --listen 127.0.0.1:9 | --to 127.0.0.1:9 is where --listen is: it would go in circles",
                "proxy --to localhost:9 --loss 2           | --loss: '2' is not a probability (0 to 1)",
                "proxy operand                 | unexpected argument 'operand'; see --help",
            })
    void wrongUsageIsStatusTwoAndOneLine(String arguments, String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(2, Main.run(shell(out), arguments.split(" ")));
        assertEquals("udp-it proxy: " + message + System.lineSeparator(), err.toString(UTF_8));
        assertEquals("", out.toString(UTF_8));
    }

    @Test
    void aPortInUseIsStatusOneAndAWayOut() throws IOException {
        try (DatagramSocket holder = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(holder.getLocalPort());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertEquals(1, Main.run(shell(out), "proxy", "--to", "127.0.0.1:9", "--listen", port));
            assertTrue(
                    err.toString(UTF_8)
                            .matches("udp-it proxy: cannot bind 127\\.0\\.0\\.1:" + port + ": .+"
                                    + "; choose another with --listen, or stop the program that has it\\R"),
                    err.toString(UTF_8));
            assertEquals("", out.toString(UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "127.0.0.1:0", "localhost:0"})
    void itSaysWhereItIsAndWhatItDid(String listen) throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                PipedInputStream out = new PipedInputStream()) {
            server.setSoTimeout(10_000);
            OutputStream into = new PipedOutputStream(out);
            String to = "127.0.0.1:" + server.getLocalPort();
            FutureTask<Integer> running =
                    new FutureTask<>(() -> Main.run(shell(into), "proxy", "--to", to, "--listen", listen));
            Thread thread = new Thread(running, "test proxy");
            thread.setDaemon(true);
            thread.start();
            BufferedReader lines = new BufferedReader(new InputStreamReader(out, UTF_8));
            String greeting = lines.readLine();
            assertTrue(greeting.matches("udp-it proxy: listening on 127\\.0\\.0\\.1:[0-9]+, to " + to), greeting);
            int port = Integer.parseInt(greeting.replaceAll(".*:([0-9]+),.*", "$1"));
            client.send(new DatagramPacket(new byte[] {1}, 1, InetAddress.getByName("127.0.0.1"), port));
            server.receive(new DatagramPacket(new byte[1], 1));
            thread.interrupt();
            assertEquals(
                    "udp-it proxy: to the server: received 1, relayed 1, lost 0, dropped 0;"
                            + " to clients: received 0, relayed 0, lost 0, dropped 0",
                    lines.readLine());
            assertEquals(0, running.get());
            assertEquals("", err.toString(UTF_8));
        }
    }

    @Test
    void theHelpFitsATerminal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(0, Main.run(shell(out), "proxy", "--help"));
        assertTrue(out.toString(UTF_8).lines().count() <= 24);
        out.toString(UTF_8).lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    private Shell shell(OutputStream out) {
        return new Shell(
                InputStream.nullInputStream(),
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, true, UTF_8),
                property -> null,
                variable -> null,
                descriptor -> false);
    }
}
