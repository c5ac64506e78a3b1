package udp.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import udp.client.RetryPolicy;
import udp.internal.cli.CommandLine;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;
import udp.internal.trace.Trace;
import udp.test.Loopback;

class ClientOptionsTest {
    private static final String NOT_A_DURATION =
            " is not a duration (such as 200ms, 1.5s, 2m; more than 0, at most an hour)";

    @Test
    void theDefaultsAreThoseOfTheLibrary() {
        assertEquals(
                new ClientOptions(
                        "localhost",
                        50007,
                        null,
                        RetryPolicy.DEFAULT.timeout(),
                        RetryPolicy.DEFAULT.tries(),
                        null,
                        "channel",
                        0,
                        Optional.empty()),
                options(""));
    }

    @Test
    void longOptionsMeanTheSame() {
        assertEquals(
                options("-m hello -w 2m -n 5 -4 -t socket host 7"),
                options("--message hello --timeout=2m --tries 5 --ipv4 --transport=socket host 7"));
    }

    @Test
    void everySettingCanBeMadeByArgumentsPropertiesAndVariables() {
        ClientOptions expected = new ClientOptions(
                "::1",
                7,
                "hello",
                Duration.ofMillis(200),
                5,
                StandardProtocolFamily.INET6,
                "socket",
                4711,
                Optional.empty());
        Map<String, String> settings = Map.of(
                "host", "::1",
                "port", "7",
                "message", "hello",
                "timeout", "200ms",
                "tries", "5",
                "ipv6", "true",
                "transport", "socket",
                "local-port", "4711");
        Map<String, String> properties = new HashMap<>();
        Map<String, String> variables = new HashMap<>();
        settings.forEach((name, value) -> {
            properties.put("udp." + name, value);
            variables.put("UDP_" + name.replace('-', '_').toUpperCase(Locale.ROOT), value);
        });
        assertEquals(expected, options("-m hello -w 200ms -n 5 -6 -t socket --local-port 4711 ::1 7"));
        assertEquals(expected, options(variables, Map.of(), ""));
        assertEquals(expected, options(Map.of(), properties, ""));
    }

    @Test
    void aFamilyOnTheCommandLineBeatsTheOtherInTheEnvironment() {
        assertEquals(
                StandardProtocolFamily.INET,
                options(Map.of("UDP_IPV6", "true"), Map.of(), "-4").family());
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("-4 -6", "-4 and -6 exclude each other"),
                Arguments.of("-w 0", "-w: '0'" + NOT_A_DURATION),
                Arguments.of("--timeout soon", "--timeout: 'soon'" + NOT_A_DURATION),
                Arguments.of("--timeout=61m", "--timeout: '61m'" + NOT_A_DURATION),
                Arguments.of("-n 0", "-n: '0' is not a number of tries (1 to 20)"),
                Arguments.of("--tries 21", "--tries: '21' is not a number of tries (1 to 20)"),
                Arguments.of("--tries many", "--tries: 'many' is not a number of tries (1 to 20)"),
                Arguments.of("host 0", "port: '0' is not a port number (1 to 65535)"),
                Arguments.of("host 65536", "port: '65536' is not a port number (1 to 65535)"),
                Arguments.of("host http", "port: 'http' is not a port number (1 to 65535)"),
                Arguments.of("--local-port 65536", "--local-port: '65536' is not a port number (0 to 65535)"),
                Arguments.of("--local-port -1", "--local-port: '-1' is not a port number (0 to 65535)"),
                Arguments.of(
                        "-m \ufffd",
                        "-m: the message has characters that the locale does not cover; "
                                + "pass it on standard input instead"),
                Arguments.of(
                        "localhost:7",
                        "host: 'localhost:7' is not a host; the port is an argument of its own, as in: localhost 50007"),
                Arguments.of(
                        "50007",
                        "host: '50007' is not a host; the port is an argument of its own, as in: localhost 50007"),
                Arguments.of("host 7 8", "unexpected argument '8'; see --help"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeIsExplained(String arguments, String message) {
        assertEquals(
                message,
                assertThrows(UsageException.class, () -> options(arguments)).getMessage());
    }

    @Test
    void anEmptyMessageIsAMessage() {
        assertEquals("", options("--message=").message());
        assertNull(options("").message());
    }

    @Test
    void theServersNameIsHarmlessToPrint() {
        assertEquals("a\\u001bb:7", options("a\u001bb 7").name());
        assertEquals("[::1]:50007", options("::1").name());
    }

    @Test
    void theAddressesAreThoseOfTheHost() throws UnknownHostException {
        assertEquals(
                List.of(new InetSocketAddress(Loopback.IPV4, 7)),
                options("127.0.0.1 7").addresses(Trace.NONE));
    }

    @Test
    void onlyAddressesOfTheChosenFamilyAreUsed() throws UnknownHostException {
        assertTrue(options("-4 localhost 7").addresses(Trace.NONE).contains(new InetSocketAddress(Loopback.IPV4, 7)));
        assertEquals(
                List.of(new InetSocketAddress(Loopback.IPV6, 7)),
                options("-6 ::1 7").addresses(Trace.NONE));
    }

    @ParameterizedTest
    @CsvSource({"-6 127.0.0.1, 127.0.0.1", "-4 ::1, ::1"})
    void aHostWithoutAnAddressOfTheChosenFamilyIsRefused(String arguments, String host) {
        Exception refusal =
                assertThrows(UsageException.class, () -> options(arguments).addresses(Trace.NONE));
        assertEquals("host '" + host + "' has no address of the family asked for (-4, -6)", refusal.getMessage());
    }

    @Test
    void aHostThatDoesNotResolveIsRefused() {
        Exception refusal =
                assertThrows(UsageException.class, () -> options("::1::2").addresses(Trace.NONE));
        assertEquals("host '::1::2' does not resolve; check the name, or give an address", refusal.getMessage());
    }

    private static ClientOptions options(String arguments) {
        return options(Map.of(), Map.of(), arguments);
    }

    private static ClientOptions options(
            Map<String, String> variables, Map<String, String> properties, String arguments) {
        List<String> list = arguments.isEmpty() ? List.of() : Arrays.asList(arguments.split(" "));
        Shell shell = new Shell(null, null, null) {
            @Override
            public String property(String name) {
                return properties.get(name);
            }

            @Override
            public String variable(String name) {
                return variables.get(name);
            }
        };
        return ClientOptions.of(
                CommandLine.parse(ClientOptions.PROGRAM.options(), ClientOptions.PROGRAM.operands(), list, shell));
    }
}
