package udp.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.api.MessageProcessor;
import udp.internal.cli.CommandLine;
import udp.internal.cli.UsageException;
import udp.internal.fault.Faults;
import udp.internal.trace.Trace;
import udp.server.processor.EchoProcessor;
import udp.server.processor.TimeProcessor;
import udp.test.TestShell;

class ServerOptionsTest {
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    private final TestShell shell = new TestShell();

    @Test
    void theDefaultIsAServerForThisHost() {
        assertEquals(options("127.0.0.1", 50007, "channel", "upper"), options());
    }

    @Test
    void eachValueHasAnOption() {
        assertEquals(
                options("::", 0, "socket", "echo"),
                options("--bind", "::", "--port", "0", "--transport", "socket", "--processor", "echo"));
        assertEquals(options("::1", 65535, "socket", "upper"), options("-b", "::1", "-p65535", "-t", "socket"));
    }

    @Test
    void eachValueHasAPropertyAndAVariable() {
        shell.surroundings.put("-Dudp.bind", "::1");
        shell.surroundings.put("UDP_PORT", "7");
        shell.surroundings.put("-Dudp.transport", "socket");
        shell.surroundings.put("UDP_TRANSPORT", "pigeon");
        shell.surroundings.put("UDP_PROCESSOR", "time");
        assertEquals(options("::1", 7, "socket", "time"), options());
    }

    @Test
    void someOptionsHaveNoShortForm() {
        assertEquals(
                new ServerOptions("127.0.0.1", 50007, "channel", "upper", 4, 20, true, true, Faults.NONE),
                options("--workers", "4", "--rate-limit", "20", "-v", "--jmx"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--workers    | 0     | a number of workers (1 to 256)",
                "--workers    | 257   | a number of workers (1 to 256)",
                "--rate-limit | 0     | a number of replies (1 to 1000000)",
                "--port       | -1    | a port number (0 to 65535)",
                "--port       | 65536 | a port number (0 to 65535)",
                "--port       | http  | a port number (0 to 65535)",
            })
    void aNumberOutOfRangeIsRefused(String option, String number, String expected) {
        UsageException e = assertThrows(UsageException.class, () -> options(option, number));
        assertEquals(option + ": '" + number + "' is not " + expected, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "[::1], ::1", "0.0.0.0, 0.0.0.0"})
    void theAddressIsLookedUp(String bind, String expected) throws UnknownHostException {
        assertEquals(
                new InetSocketAddress(expected, 7),
                options(bind, 7, "channel", "upper").address(Trace.NONE));
    }

    @ParameterizedTest
    @CsvSource({"::1::2, ::1::2", "1:\u001b2, 1:\\u001b2"})
    void anAddressThatDoesNotResolveIsRefused(String bind, String shown) {
        ServerOptions options = options(bind, 7, "channel", "upper");
        UsageException e = assertThrows(UsageException.class, () -> options.address(Trace.NONE));
        assertEquals("the address to bind to, '" + shown + "', does not resolve", e.getMessage());
    }

    @Test
    void aGivenProcessorIsUsedUnlessAnotherIsNamed() {
        MessageProcessor given = new EchoProcessor();
        ServerOptions unnamed = ServerOptions.of(line(), Optional.of(given));
        assertSame(given, unnamed.processors(Optional.of(given)).get());
        assertEquals("of the program", unnamed.processor());
        ServerOptions named = ServerOptions.of(line("--processor", "time"), Optional.of(given));
        assertInstanceOf(
                TimeProcessor.class, named.processors(Optional.of(given)).get());
    }

    @Test
    void eachReportIsALineUnlessTheUserFormatsIt() throws IOException {
        System.clearProperty(LOG_FORMAT);
        shell.surroundings.put("-D" + LOG_FORMAT, "%5$s");
        options().startTrace(line(), shell.shell()).close();
        assertNull(System.getProperty(LOG_FORMAT));
        shell.surroundings.clear();
        options().startTrace(line(), shell.shell()).close();
        String format = System.clearProperty(LOG_FORMAT);
        assertEquals(
                "udp-server: a report" + System.lineSeparator(),
                String.format(Locale.ROOT, format, 1, 2, 3, 4, "a report", 6));
    }

    private static ServerOptions options(String bind, int port, String transport, String processor) {
        return new ServerOptions(bind, port, transport, processor, 1, 0, false, false, Faults.NONE);
    }

    private ServerOptions options(String... arguments) {
        return ServerOptions.of(line(arguments), Optional.empty());
    }

    private CommandLine line(String... arguments) {
        return CommandLine.parse(ServerOptions.PROGRAM.options(), List.of(), List.of(arguments), shell.shell());
    }
}
