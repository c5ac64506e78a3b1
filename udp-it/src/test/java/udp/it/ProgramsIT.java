package udp.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static udp.it.Jvm.jar;
import static udp.it.Jvm.java;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.test.Loopback;

/** Server and client as processes, started as a user starts them. */
@Timeout(60)
class ProgramsIT {
    private static Jvm server(String... options) throws Exception {
        List<String> command = java("-jar", jar("server"), "--port", "0");
        command.addAll(List.of(options));
        return Jvm.start(command, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "channel, 127.0.0.1", "channel, ::1",
        "socket, 127.0.0.1", "socket, ::1"
    })
    void eachServerTransportRepliesToBothClientTransports(String transport, String address) throws Exception {
        Loopback.assumed(address);
        try (Jvm server = server("-t", transport, "-b", address)) {
            String port = String.valueOf(server.port());
            for (String client : List.of("channel", "socket")) {
                Jvm.Result result =
                        Jvm.run("hello\n\n你好, straße\n", java("-jar", jar("client"), "-t", client, address, port));
                assertEquals("HELLO\n\n你好, STRASSE\n", result.out());
                assertEquals("", result.err());
                assertEquals(0, result.status());
            }
            Jvm.Result end = server.terminate();
            assertTrue(end.out().contains("received 6, replied 6, dropped 0"), end.out());
            assertEquals("", end.err());
        }
    }

    @Test
    void theLargestMessageGoesThroughThePipe() throws Exception {
        try (Jvm server = server("--processor", "echo")) {
            byte[] line = new byte[65_508];
            new Random(1).nextBytes(line);
            for (int i = 0; i < line.length; i++) {
                line[i] = line[i] == '\n' || line[i] == '\r' ? 0 : line[i];
            }
            line[65_507] = '\n';
            Jvm.Result result =
                    Jvm.run(line, java("-jar", jar("client"), "127.0.0.1", String.valueOf(server.port())), Map.of());
            assertArrayEquals(line, result.bytes());
        }
    }

    @ParameterizedTest
    @CsvSource({"C, en", "C.UTF-8, tr", "POSIX, tr"})
    void noEnvironmentChangesTheReply(String locale, String language) throws Exception {
        List<String> turkish =
                java("-Duser.language=" + language, "-Dfile.encoding=ISO-8859-9", "-jar", jar("server"), "-p", "0");
        try (Jvm server = Jvm.start(turkish, Map.of("LC_ALL", locale))) {
            List<String> client = java(
                    "-Duser.language=" + language,
                    "-Dfile.encoding=ISO-8859-1",
                    "-jar",
                    jar("client"),
                    "127.0.0.1",
                    String.valueOf(server.port()));
            byte[] stdin = "title ıß 中文\n".getBytes(StandardCharsets.UTF_8);
            assertEquals(
                    "TITLE ISS 中文\n",
                    Jvm.run(stdin, client, Map.of("LC_ALL", locale)).out());
        }
    }

    @Test
    void malformedTextHasAReplyInValidUtf8() throws Exception {
        try (Jvm server = server()) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            line.writeBytes("ab".getBytes(StandardCharsets.UTF_8));
            line.write(0xff);
            line.write('c');
            Jvm.Result result = Jvm.run(
                    line.toByteArray(),
                    java("-jar", jar("client"), "127.0.0.1", String.valueOf(server.port())),
                    Map.of());
            assertEquals("AB\ufffdC\n", result.out());
        }
    }

    @Test
    void anArgumentThatTheLocaleCannotHoldIsRefused() throws Exception {
        assumeTrue(File.separatorChar == '/', "This computer does not choose its charset by LC_ALL.");
        List<String> client = Jvm.withUtf8(java("-jar", jar("client"), "-m"), "中");
        Jvm.Result result = Jvm.run(new byte[0], client, Map.of("LC_ALL", "C", "LANG", "C"));
        assertEquals(2, result.status());
        assertTrue(result.err().contains("standard input"), result.err());
    }

    @Test
    void onSigtermTheServerServesQueuedRequestsAndPrintsItsSummary() throws Exception {
        try (Jvm server = server("--processor", "echo");
                DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout(5000);
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            for (int i = 0; i < 20; i++) {
                peer.send(new DatagramPacket(new byte[] {(byte) i}, 1, address));
            }
            Jvm.Result end = server.terminate();
            DatagramPacket reply = new DatagramPacket(new byte[10], 10);
            for (int i = 0; i < 20; i++) {
                peer.receive(reply);
                assertEquals(i, reply.getData()[0]);
            }
            assertTrue(end.out().contains("received 20, replied 20, dropped 0"), end.out());
            assertEquals(128 + 15, end.status());
        }
    }

    @Test
    void aPortThatIsTakenIsOneLineAndStatus1() throws Exception {
        try (DatagramSocket holder = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(holder.getLocalPort());
            for (String transport : List.of("channel", "socket")) {
                Jvm.Result result = Jvm.run("", java("-jar", jar("server"), "-p", port, "-t", transport));
                assertEquals(1, result.status());
                assertEquals("", result.out());
                assertTrue(
                        result.err().matches("udp-server: cannot bind 127\\.0\\.0\\.1:" + port + ": .*\n"),
                        result.err());
            }
        }
    }

    @Test
    void aClosedPortIsOneLineAndStatus1() throws Exception {
        int port;
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        for (String transport : List.of("channel", "socket")) {
            Jvm.Result result = Jvm.run(
                    "", java("-jar", jar("client"), "-t", transport, "-w", "50ms", "-m", "x", "localhost", "" + port));
            assertEquals(1, result.status());
            assertEquals("", result.out());
            assertTrue(
                    result.err()
                            .matches("udp-client: nothing listens on localhost:" + port
                                    + " \\(connection refused\\); .*\n"),
                    result.err());
        }
    }

    @Test
    void localhostWorksWhenItNamesIpv6FirstAndTheServerIsOnIpv4() throws Exception {
        try (Jvm server = server()) {
            Jvm.Result result = Jvm.run(
                    "hello\n",
                    java(
                            "-Djava.net.preferIPv6Addresses=true",
                            "-jar",
                            jar("client"),
                            "-w",
                            "5s",
                            "localhost",
                            String.valueOf(server.port())));
            assertEquals("HELLO\n", result.out());
        }
    }

    /** Every line gets its own reply in spite of loss, duplicates and delay on both sides. */
    @Test
    void aSessionOverABadNetworkHasNoWrongReply() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            lines.append("line ").append(i).append('\n');
        }
        List<String> faults = List.of("--loss", "0.1", "--duplicate", "0.3", "--delay", "1ms..30ms", "--seed", "7");
        try (Jvm server = server(faults.toArray(String[]::new))) {
            List<String> client = java("-jar", jar("client"), "-w", "100ms", "-n", "8");
            client.addAll(faults);
            client.addAll(List.of("127.0.0.1", String.valueOf(server.port())));
            Jvm.Result result = Jvm.run(lines.toString(), client);
            assertEquals(lines.toString().toUpperCase(Locale.ROOT), result.out(), result.err());
        }
    }

    @Test
    void theServerLosesExactlyWhatItsScriptNames() throws Exception {
        try (Jvm server = server("--processor", "echo", "--workers", "1", "--fates", "c1=lose s1=lose s3=twice");
                DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout(10_000);
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            for (byte b = 1; b <= 5; b++) {
                peer.send(new DatagramPacket(new byte[] {b}, 1, address));
            }
            for (byte expected : new byte[] {3, 4, 4, 5}) {
                DatagramPacket reply = new DatagramPacket(new byte[1], 1);
                peer.receive(reply);
                assertEquals(expected, reply.getData()[0]);
            }
        }
    }

    @Test
    void theClientLosesExactlyTheReplyThatItsScriptNames() throws Exception {
        try (Jvm server = server()) {
            List<String> client = java("-jar", jar("client"), "-w", "100ms", "-n", "8", "--fates", "s1=lose s2=lose");
            client.addAll(List.of("-m", "hello", "127.0.0.1", String.valueOf(server.port())));
            assertEquals("HELLO\n", Jvm.run("", client).out());
            String summary = server.terminate().out();
            assertTrue(summary.matches("(?s).*replied ([3-8]),.*"), summary);
        }
    }

    @ParameterizedTest
    @CsvSource({"0..60m, 1", "0..60m:0, 1", "0:0..60m, 1", "0..100ms, 0"})
    void inABlackholeNothingPassesInItsDirection(String times, int status) throws Exception {
        try (Jvm server = server()) {
            List<String> client = java("-jar", jar("client"), "-w", "20ms", "-n", status == 0 ? "8" : "1");
            client.addAll(List.of("--blackhole", times, "--rate", "1Mbit", "-m", "hello"));
            client.addAll(List.of("127.0.0.1", String.valueOf(server.port())));
            assertEquals(status, Jvm.run("", client).status());
        }
    }
}
