package udp.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static udp.it.Jvm.jar;
import static udp.it.Jvm.java;

import java.io.File;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs as processes that have used up what the system gives them: descriptors, heap, a pipe, a disk. */
@Timeout(60)
class LimitsIT {
    /** Makes stream 3 a pipe that is full and that nobody reads. */
    private static final String FULL_PIPE = "d=$(mktemp -d) && mkfifo $d/p && exec 3<>$d/p && rm -r $d"
            + " && head -c 65536 /dev/zero >&3 && exec \"$@\" ";

    @BeforeAll
    static void assumeLinux() {
        assumeTrue(
                Files.exists(Path.of("/proc/self/fd")),
                "This computer has no /proc (the test needs the pipes and limits of Linux).");
    }

    private static List<String> shell(String script, List<String> command) {
        List<String> all = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        all.addAll(command);
        return all;
    }

    private static List<String> withFullPipe(String redirection, List<String> command) throws Exception {
        Jvm.Result found = Jvm.run("", List.of("sh", "-c", "command -v mkfifo"));
        assumeTrue(found.status() == 0, "This computer has no mkfifo.");
        return shell(FULL_PIPE + redirection, command);
    }

    private static List<String> server(String... options) {
        String tests = Path.of("target", "test-classes").toString();
        List<String> command = java("-Xmx16m", "-cp", jar("server") + File.pathSeparator + tests, "udp.server.Main");
        command.addAll(List.of(options));
        return command;
    }

    private static String ask(int port, String message) throws Exception {
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(10_000);
            client.connect(InetAddress.getLoopbackAddress(), port);
            client.send(new DatagramPacket(message.getBytes(UTF_8), message.length()));
            DatagramPacket reply = new DatagramPacket(new byte[100], 100);
            client.receive(reply);
            return new String(reply.getData(), 0, reply.getLength(), UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aTraceThatNobodyReadsHoldsUpNothing(String transport) throws Exception {
        List<String> command = withFullPipe("2>&3", server("-p", "0", "-t", transport, "--trace"));
        try (Jvm server = Jvm.start(command, Map.of())) {
            assertEquals("X", ask(server.port(), "x"));
            assertTrue(server.terminate().out().contains("received 1, replied 1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aLogThatNobodyReadsHoldsUpNothing(String transport) throws Exception {
        List<String> command = withFullPipe("2>&3", server("-p", "0", "-t", transport, "--processor", "udp.it.Greedy"));
        try (Jvm server = Jvm.start(command, Map.of())) {
            int port = server.port();
            try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                client.send(new DatagramPacket(
                        new byte[0],
                        0,
                        InetAddress.getLoopbackAddress(),
                        port)); // The processor fails, which is logged.
            }
            assertEquals("x", ask(port, "x"));
            Jvm.Result end = server.terminate();
            assertTrue(end.out().contains("received 2, replied 1, dropped 1"), end.out());
        }
    }

    @Test
    void aStandardOutputThatNobodyReadsDoesNotKeepTheServer() throws Exception {
        int port;
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        try (Jvm server = Jvm.start(withFullPipe(">&3", server("-p", "" + port)), Map.of())) {
            List<String> client =
                    java("-jar", jar("client"), "-n", "8", "-w", "100ms", "-m", "x", "127.0.0.1", "" + port);
            assertEquals("X\n", Jvm.run("", client).out());
            assertEquals(128 + 15, server.terminate().status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aProcessorThatTakesEverythingDoesNotKeepTheServer(String transport) throws Exception {
        List<String> command =
                shell("ulimit -n 64; exec \"$@\"", server("-p", "0", "-t", transport, "--processor", "udp.it.Greedy"));
        try (Jvm server = Jvm.start(command, Map.of())) {
            int port = server.port();
            try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                client.send(new DatagramPacket(new byte[] {'h'}, 1, InetAddress.getLoopbackAddress(), port));
            }
            assertEquals("x", ask(port, "x"));
            assertEquals("f", ask(port, "f"));
            Jvm.Result end = server.terminate();
            assertTrue(end.out().contains("received 3, replied 2, dropped 1"), end.out() + end.err());
        }
    }

    /** With few descriptors a program works or says why not: none of these numbers is right for every JVM. */
    @ParameterizedTest
    @CsvSource({
        "channel, 6",
        "channel, 7",
        "channel, 8",
        "channel, 9",
        "socket, 6",
        "socket, 7",
        "socket, 8",
        "socket, 9"
    })
    void aProgramWithFewDescriptorsWorksOrSaysWhyNot(String transport, int descriptors) throws Exception {
        String limited = "ulimit -n " + descriptors + "; exec \"$@\"";
        List<String> client = shell(limited, java("-jar", jar("client"), "-t", transport, "-m", "x", "127.0.0.1"));
        try (Jvm server = Jvm.start(server("-p", "0"), Map.of())) {
            client.add("" + server.port());
            Jvm.Result end = Jvm.run("", client);
            assertTrue(end.out().equals("X\n") || isExplained(end), end.out() + end.err());
        }
        try (Jvm server =
                Jvm.start(shell(limited, java("-jar", jar("server"), "-p", "0", "-t", transport)), Map.of())) {
            ask(server.port(), "x");
            Jvm.Result end = server.terminate();
            assertTrue(end.out().contains("received 1, replied 1"), end.out() + end.err());
        } catch (AssertionError e) {
            assertTrue(
                    e.getMessage().contains("ulimit -n") && !e.getMessage().contains("internal error"), e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 8, 10})
    void aRelayWithFewDescriptorsWorksOrSaysWhyNot(int descriptors) throws Exception {
        List<String> relay = java("-jar", jar("it"), "proxy", "--listen", "0", "--to", "127.0.0.1:9");
        Jvm.Result end = Jvm.run("", shell("ulimit -n " + descriptors + "; exec timeout 1 \"$@\"", relay));
        assertTrue(end.status() == 124 || isExplained(end), end.out() + end.err());
        assertFalse(end.err().contains("--listen"), end.err());
    }

    @Test
    void aCheckedProgramThatFindsNoDescriptorIsNotRated() throws Exception {
        List<String> check = java("-jar", jar("it"), "check", "--server", "true {port}", "--expect", "upper");
        Jvm.Result end = Jvm.run("", shell("ulimit -n 10; exec \"$@\"", check));
        assertEquals(2, end.status(), end.out() + end.err());
        assertEquals(1, end.err().lines().count(), end.err());
        assertTrue(end.err().contains("ulimit -n"), end.err());
    }

    @Test
    void aReportThatDoesNotFitOnTheDiskIsOneLine(@TempDir Path folder) throws Exception {
        List<String> check =
                java("-XX:-UsePerfData", "-jar", jar("it"), "check", "--processor", "echo", "--report", "" + folder);
        Jvm.Result end = Jvm.run("", shell("ulimit -f 1; exec \"$@\"", check));
        assertEquals(1, end.status(), end.err());
        assertTrue(end.out().contains("score: "), end.out());
        assertEquals("udp-it check: --report: '" + folder + "' cannot be written: File too large\n", end.err());
    }

    private static boolean isExplained(Jvm.Result end) {
        return end.status() == 1 && end.err().lines().count() == 1 && end.err().contains("ulimit -n");
    }

    @Test
    void aFullDiskIsOneLine() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        try (Jvm server = Jvm.start(server("-p", "0", "--trace-file", "/dev/full"), Map.of())) {
            String port = "" + server.port();
            List<String> client =
                    java("-jar", jar("client"), "--trace-file", "/dev/full", "-m", "x", "127.0.0.1", port);
            Jvm.Result traced = Jvm.run("", client);
            assertEquals("X\n", traced.out());
            assertEquals(1, traced.err().lines().count(), traced.err());
            Jvm.Result printed = Jvm.run(
                    "", shell("exec \"$@\" >/dev/full", java("-jar", jar("client"), "-m", "x", "127.0.0.1", port)));
            assertEquals(1, printed.status());
            assertEquals("udp-client: standard output could not be written\n", printed.err());
            Jvm.Result end = server.terminate();
            assertEquals(1, end.err().lines().count(), end.err());
            assertTrue(end.out().contains("received 2, replied 2"), end.out());
        }
        Jvm.Result checked = Jvm.run("", shell("exec \"$@\" >/dev/full", java("-jar", jar("it"), "hello")));
        assertEquals(1, checked.status(), checked.err());
        assertEquals(1, checked.err().lines().count(), checked.err());
    }
}
