package udp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor;
import udp.server.statistics.ServerMXBean;
import udp.test.Background;
import udp.test.Loopback;
import udp.test.TestShell;

@Timeout(20)
class MainTest {
    private static final Pattern ENDPOINT = Pattern.compile("listening on \\[?([0-9.:]+?)]?:([0-9]+), ");

    private final TestShell shell = new TestShell();

    @AfterEach
    void forgetLogFormat() {
        System.clearProperty("java.util.logging.SimpleFormatter.format");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port 0 | 127.0.0.1 | transport channel, processor upper; only this host can reach it (for all hosts: --bind 0.0.0.0)",
                "-p0 -t socket | 127.0.0.1 | transport socket, processor upper; only this host can reach it (for all hosts: --bind 0.0.0.0)",
                "-p0 -b ::1 | [::1] | transport channel, processor upper; only this host can reach it (for all hosts: --bind ::)",
                "-p0 -b 0.0.0.0 | 0.0.0.0 | transport channel, processor upper; that is ...",
                "-p0 -b :: | [::] | transport channel, processor upper; that is ...",
            })
    void theGreetingNamesTheBoundAddressAndTheServerRepliesThere(String arguments, String host, String rest)
            throws Exception {
        Loopback.assumed(host.replaceAll("[\\[\\]]", ""));
        Background<Integer> running = run(Optional.empty(), arguments.split(" "));
        InetSocketAddress address = address();
        assertEquals(
                "udp-server: listening on " + host + ":" + address.getPort() + ", " + rest,
                shell.firstLine().replaceFirst("; that is .*, and any other$", "; that is ..."));
        try (TestClient client = new TestClient(address)) {
            assertEquals("HELLO", client.ask("hello"));
        }
        stop(running);
        assertEquals("udp-server: received 1, replied 1, dropped 0", summary());
    }

    @Test
    void theTraceShowsWhatTheServerCalls() throws Exception {
        Background<Integer> running = run(Optional.empty(), "--port", "0", "--trace", "--processor", "echo");
        try (TestClient client = new TestClient(address())) {
            assertEquals("hello", client.ask("hello"));
        }
        running.thread.interrupt();
        assertEquals(0, running.result());
        List<String> calls = shell.err()
                .lines()
                .map(line -> line.substring(15, 30).strip())
                .filter(call -> !call.equals("socket call"))
                .distinct() // There may be several stop signals, or none if the worker did not wait yet.
                .toList();
        assertEquals(
                List.of("getaddrinfo()", "socket()", "bind()", "recvfrom()", "process request", "sendto()", "close()"),
                calls);
    }

    @Test
    void theCountersAreAnMxBeanOnRequest() throws Exception {
        Background<Integer> running = run(Optional.empty(), "--port", "0", "--jmx", "--processor", "discard");
        InetSocketAddress address = address();
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("udp.server:type=Server,port=" + address.getPort());
        ServerMXBean server = JMX.newMXBeanProxy(beans, name, ServerMXBean.class);
        assertEquals(Map.of(), server.getDropped());
        try (TestClient client = new TestClient(address)) {
            client.send("hello");
            while (server.getDropped().isEmpty()) {
                Thread.onSpinWait();
            }
        }
        assertEquals(1, server.getReceived());
        assertEquals(0, server.getReplied());
        assertEquals(Map.of("no reply wanted", 1L), server.getDropped());
        assertTrue(server.getKernelDrops() >= -1);
        stop(running);
        beans.unregisterMBean(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void theBuffersAreShownOnRequest(String transport) throws Exception {
        Background<Integer> running = run(Optional.empty(), "-v", "--port", "0", "-t", transport, "--workers", "2");
        assertTrue(shell.firstLine().contains(", workers 2; only this host"), shell.firstLine());
        stop(running);
        List<String> lines = shell.out().lines().toList();
        assertEquals(4, lines.size(), shell.out());
        for (String line : lines.subList(1, 3)) {
            assertTrue(
                    line.matches(
                            "udp-server: \\w+ServerTransport\\[local=/127.0.0.1:\\d+], SO_RCVBUF \\d+, SO_SNDBUF \\d+"),
                    line);
        }
    }

    @Test
    void aGivenProcessorIsUsed() throws Exception {
        Background<Integer> running =
                run(Optional.of(MessageProcessor.ofText(text -> "<" + text + ">")), "--port", "0");
        try (TestClient client = new TestClient(address())) {
            assertEquals("<hello>", client.ask("hello"));
        }
        stop(running);
        assertTrue(shell.firstLine().contains(", processor of the program;"), shell.firstLine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--processor", "-Dudp.processor", "UDP_PROCESSOR"})
    void aNamedProcessorOverridesTheGivenProcessor(String by) throws Exception {
        shell.surroundings.put(by, "reverse");
        Optional<MessageProcessor> own = Optional.of(MessageProcessor.ofText(text -> "own"));
        Background<Integer> running = by.startsWith("--") ? run(own, "-p0", by, "reverse") : run(own, "-p0");
        try (TestClient client = new TestClient(address())) {
            assertEquals("olleh", client.ask("hello"));
        }
        stop(running);
        assertTrue(shell.firstLine().contains(", processor reverse;"), shell.firstLine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aPortInUseIsStatusOneWithAWayOut(String transport) throws IOException {
        try (DatagramSocket holder = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(holder.getLocalPort());
            assertEquals(1, Main.run(shell.shell(), Optional.empty(), "-t", transport, "-p", port));
            assertTrue(shell.err().startsWith("udp-server: cannot bind 127.0.0.1:" + port + ": "), shell.err());
            assertOneLine("; choose another with --port or --bind, or stop the program that has it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void anAddressOfAnotherHostIsStatusOne(String transport) {
        assertEquals(1, Main.run(shell.shell(), Optional.empty(), "-t", transport, "-p0", "-b", "192.0.2.1"));
        assertTrue(shell.err().startsWith("udp-server: cannot bind 192.0.2.1:0: "), shell.err());
        assertOneLine("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--bogus              | unknown option --bogus; see --help",
                "operand              | unexpected argument 'operand'; see --help",
                "-p0 -t pigeon        | no transport is called 'pigeon'; available: channel, socket",
                "-p0 --processor loud | no processor is called 'loud'; available: upper, echo, discard, reverse, time",
                "-p0 --processor java.lang.String | class java.lang.String does not implement MessageProcessor",
                "-p0 --bind ::1::2    | the address to bind to, '::1::2', does not resolve",
            })
    void wrongUsageIsStatusTwoAndOneLine(String arguments, String message) {
        assertEquals(2, Main.run(shell.shell(), Optional.empty(), arguments.split(" ")));
        assertEquals("udp-server: " + message + System.lineSeparator(), shell.err());
        assertEquals("", shell.out());
    }

    @Test
    void aTransportThatFailsIsStatusOneAfterTheSummary(@TempDir Path directory) throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve("udp.api.spi.TransportProvider"), BrokenServerProvider.class.getName());
        URL[] path = {directory.toUri().toURL()};
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(path, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            assertEquals(1, Main.run(shell.shell(), Optional.empty(), "-t", "broken"));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        assertEquals(
                "udp-server: receiving on 127.0.0.1:50007 keeps failing: the cable\\u000ais cut"
                        + System.lineSeparator(),
                shell.err());
        assertEquals("udp-server: received 0, replied 0, dropped 0", summary());
    }

    @Test
    void theHelpFitsATerminalAndNamesEachProcessorAndTransport() {
        assertEquals(0, Main.run(shell.shell(), Optional.empty(), "--help"));
        assertEquals("", shell.err());
        assertTrue(shell.out().lines().count() <= 24, shell.out());
        shell.out().lines().forEach(line -> assertTrue(line.length() <= 80, line.length() + ": " + line));
        for (String name : new String[] {"upper", "echo", "discard", "reverse", "time", "socket", "channel"}) {
            assertTrue(shell.out().contains(name), name);
        }
    }

    private Background<Integer> run(Optional<MessageProcessor> own, String... arguments) {
        return Background.start(() -> Main.run(shell.shell(), own, arguments));
    }

    private InetSocketAddress address() throws InterruptedException {
        Matcher matcher = ENDPOINT.matcher(shell.firstLine());
        assertTrue(matcher.find(), shell.firstLine());
        return new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    private void stop(Background<Integer> running) throws Exception {
        running.thread.interrupt();
        assertEquals(0, running.result());
        assertEquals("", shell.err());
    }

    /** Returns the last line, without the kernel's drops, which not every system tells. */
    private String summary() {
        return shell.out().lines().reduce("", (first, second) -> second).replaceFirst(", dropped by the kernel 0$", "");
    }

    private void assertOneLine(String end) {
        assertTrue(shell.err().endsWith(end + System.lineSeparator()), shell.err());
        assertEquals(1, shell.err().lines().count());
        assertFalse(shell.err().contains("null"), shell.err());
        assertEquals("", shell.out());
    }
}
