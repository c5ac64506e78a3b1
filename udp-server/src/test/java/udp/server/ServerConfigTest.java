package udp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.cli.CommandLine;
import udp.api.cli.UsageException;
import udp.api.spi.Faults;

class ServerConfigTest {
    private final Map<String, String> surroundings = new HashMap<>();

    @Test
    void theDefaultIsAServerForThisHost() {
        assertEquals(new ServerConfig("127.0.0.1", 50007, "channel", "upper", Faults.NONE), config());
    }

    @Test
    void everySettingHasAFlag() {
        assertEquals(
                new ServerConfig("::", 0, "socket", "echo", Faults.NONE),
                config("--bind", "::", "--port", "0", "--transport", "socket", "--processor", "echo"));
        assertEquals(
                new ServerConfig("::1", 65535, "socket", "upper", Faults.NONE),
                config("-b", "::1", "-p65535", "-t", "socket"));
    }

    @Test
    void everySettingHasAPropertyAndAVariable() {
        surroundings.put("-Dudp.bind", "::1");
        surroundings.put("UDP_PORT", "7");
        surroundings.put("-Dudp.transport", "socket");
        surroundings.put("UDP_TRANSPORT", "pigeon");
        surroundings.put("UDP_PROCESSOR", "time");
        assertEquals(new ServerConfig("::1", 7, "socket", "time", Faults.NONE), config());
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
                new ServerConfig(bind, 7, "channel", "upper", Faults.NONE).address());
    }

    @ParameterizedTest
    @CsvSource({"::1::2, ::1::2", "1:\u001b2, 1:\\u001b2"})
    void anAddressThatDoesNotResolveIsRefused(String bind, String shown) {
        ServerConfig config = new ServerConfig(bind, 7, "channel", "upper", Faults.NONE);
        UsageException e = assertThrows(UsageException.class, config::address);
        assertEquals("the address to bind to, '" + shown + "', does not resolve", e.getMessage());
    }

    private ServerConfig config(String... arguments) {
        return ServerConfig.of(CommandLine.parse(
                ServerConfig.OPTIONS,
                List.of(),
                List.of(arguments),
                name -> surroundings.get("-D" + name),
                surroundings::get));
    }
}
