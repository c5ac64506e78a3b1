package udp.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.internal.cli.CommandLine;
import udp.internal.cli.UsageException;
import udp.internal.fault.Faults;
import udp.internal.trace.Trace;

class ServerOptionsTest {
    private final Map<String, String> surroundings = new HashMap<>();

    @Test
    void theDefaultIsAServerForThisHost() {
        assertEquals(config("127.0.0.1", 50007, "channel", "upper"), config());
    }

    @Test
    void everySettingHasAFlag() {
        assertEquals(
                config("::", 0, "socket", "echo"),
                config("--bind", "::", "--port", "0", "--transport", "socket", "--processor", "echo"));
        assertEquals(config("::1", 65535, "socket", "upper"), config("-b", "::1", "-p65535", "-t", "socket"));
    }

    @Test
    void everySettingHasAPropertyAndAVariable() {
        surroundings.put("-Dudp.bind", "::1");
        surroundings.put("UDP_PORT", "7");
        surroundings.put("-Dudp.transport", "socket");
        surroundings.put("UDP_TRANSPORT", "pigeon");
        surroundings.put("UDP_PROCESSOR", "time");
        assertEquals(config("::1", 7, "socket", "time"), config());
    }

    @Test
    void workersAndALimitAreAskedFor() {
        assertEquals(
                new ServerOptions("127.0.0.1", 50007, "channel", "upper", 4, 20, true, true, Faults.NONE),
                config("--workers", "4", "--rate-limit", "20", "-v", "--jmx"));
    }

    @ParameterizedTest
    @CsvSource({
        "--workers, 0, a number of workers (1 to 256)",
        "--workers, 257, a number of workers (1 to 256)",
        "--rate-limit, 0, a number of replies (1 to 1000000)",
    })
    void aNumberOutOfRangeIsRefused(String option, String number, String expected) {
        UsageException e = assertThrows(UsageException.class, () -> config(option, number));
        assertEquals(option + ": '" + number + "' is not " + expected, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http", ""})
    void whatIsNoPortIsRefused(String port) {
        UsageException e = assertThrows(UsageException.class, () -> config("--port", port));
        assertEquals("--port: '" + port + "' is not a port number (0 to 65535)", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "[::1], ::1", "0.0.0.0, 0.0.0.0"})
    void theAddressIsLookedUp(String bind, String expected) {
        assertEquals(
                new InetSocketAddress(expected, 7),
                config(bind, 7, "channel", "upper").address(Trace.NONE));
    }

    @ParameterizedTest
    @CsvSource({"::1::2, ::1::2", "1:\u001b2, 1:\\u001b2"})
    void anAddressThatDoesNotResolveIsRefused(String bind, String shown) {
        ServerOptions config = config(bind, 7, "channel", "upper");
        UsageException e = assertThrows(UsageException.class, () -> config.address(Trace.NONE));
        assertEquals("the address to bind to, '" + shown + "', does not resolve", e.getMessage());
    }

    private static ServerOptions config(String bind, int port, String transport, String processor) {
        return new ServerOptions(bind, port, transport, processor, 1, 0, false, false, Faults.NONE);
    }

    private ServerOptions config(String... arguments) {
        return ServerOptions.of(
                CommandLine.parse(
                        ServerOptions.PROGRAM.options(),
                        List.of(),
                        List.of(arguments),
                        name -> surroundings.get("-D" + name),
                        surroundings::get),
                Optional.empty());
    }
}
