package udp.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import udp.client.Loopback;
import udp.client.RetryPolicy;
import udp.internal.cli.CommandLine;
import udp.internal.cli.UsageException;
import udp.internal.fault.Faults;
import udp.internal.trace.Trace;

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
                        Faults.NONE),
                options(""));
    }

    @Test
    void everythingCanBeChosen() {
        assertEquals(
                new ClientOptions(
                        "::1",
                        7,
                        "hello",
                        Duration.ofMillis(200),
                        5,
                        StandardProtocolFamily.INET6,
                        "socket",
                        4711,
                        Faults.NONE),
                options("-m hello -w 200ms -n 5 -6 -t socket --local-port 4711 ::1 7"));
    }

    @Test
    void longOptionsMeanTheSame() {
        assertEquals(
                options("-m hello -w 2m -n 5 -4 -t socket host 7"),
                options("--message hello --timeout=2m --tries 5 --ipv4 --transport=socket host 7"));
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                setting("host", "a", "b", "c", "c", ClientOptions::host),
                setting("port", "1", "2", "host 3", "3", ClientOptions::port),
                setting("message", "a", "b", "-m c", "c", ClientOptions::message),
                setting("timeout", "1s", "2s", "-w 3s", "PT3S", ClientOptions::timeout),
                setting("tries", "1", "2", "-n 3", "3", ClientOptions::tries),
                setting("transport", "a", "b", "-t c", "c", ClientOptions::transport),
                setting("local-port", "1", "2", "--local-port 3", "3", ClientOptions::localPort));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void anArgumentBeatsAPropertyAndAPropertyBeatsTheEnvironment(
            String name,
            String variable,
            String property,
            String arguments,
            Object chosen,
            Function<ClientOptions, Object> value) {
        Map<String, String> variables = Map.of("UDP_" + name.replace('-', '_').toUpperCase(Locale.ROOT), variable);
        Map<String, String> properties = Map.of("udp." + name, property);
        Object ofVariable = value.apply(options(variables, Map.of(), ""));
        Object ofProperty = value.apply(options(Map.of(), properties, ""));

        assertEquals(value.apply(options(Map.of(), Map.of("udp." + name, variable), "")), ofVariable);
        assertEquals(ofProperty, value.apply(options(variables, properties, "")));
        assertEquals(
                chosen, value.apply(options(variables, properties, arguments)).toString());
        assertEquals(
                3,
                Stream.of(ofVariable.toString(), ofProperty.toString(), chosen)
                        .distinct()
                        .count());
    }

    @Test
    void theFamilyCanBeChosenByTheEnvironment() {
        assertEquals(
                StandardProtocolFamily.INET6,
                options(Map.of("UDP_IPV6", "true"), Map.of(), "").family());
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
                Arguments.of("--ipv6 --ipv4", "--ipv4 and --ipv6 exclude each other"),
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
                Arguments.of("-m", "-m needs a value: TEXT"),
                Arguments.of("--timeout", "--timeout needs a value: DURATION"),
                Arguments.of("--tries", "--tries needs a value: N"),
                Arguments.of("-t", "-t needs a value: NAME"),
                Arguments.of("-4x", "-4 takes no value"),
                Arguments.of("--ipv6=yes", "--ipv6 takes no value"),
                Arguments.of("--retries 3", "unknown option --retries; see --help"),
                Arguments.of("-x", "unknown option -x; see --help"),
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
    void aMistakeInAPropertyNamesTheProperty() {
        Exception refusal = assertThrows(UsageException.class, () -> options(Map.of(), Map.of("udp.port", "0"), ""));
        assertEquals("-Dudp.port: '0' is not a port number (1 to 65535)", refusal.getMessage());
    }

    @Test
    void aMistakeInTheEnvironmentNamesTheVariable() {
        Exception refusal =
                assertThrows(UsageException.class, () -> options(Map.of("UDP_LOCAL_PORT", "x"), Map.of(), ""));
        assertEquals("UDP_LOCAL_PORT: 'x' is not a port number (0 to 65535)", refusal.getMessage());
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
    void theAddressesAreThoseOfTheHost() {
        assertEquals(
                List.of(new InetSocketAddress(Loopback.IPV4, 7)),
                options("127.0.0.1 7").addresses(Trace.NONE));
    }

    @Test
    void onlyAddressesOfTheChosenFamilyAreUsed() {
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
        Exception refusal = assertThrows(
                UsageException.class, () -> options("no-such-host.invalid").addresses(Trace.NONE));
        assertEquals(
                "host 'no-such-host.invalid' does not resolve; check the name, or give an address",
                refusal.getMessage());
    }

    private static Arguments setting(
            String name,
            String variable,
            String property,
            String arguments,
            String chosen,
            Function<ClientOptions, Object> value) {
        return Arguments.of(name, variable, property, arguments, chosen, value);
    }

    private static ClientOptions options(String arguments) {
        return options(Map.of(), Map.of(), arguments);
    }

    private static ClientOptions options(
            Map<String, String> variables, Map<String, String> properties, String arguments) {
        List<String> list = arguments.isEmpty() ? List.of() : Arrays.asList(arguments.split(" "));
        return ClientOptions.of(CommandLine.parse(
                ClientOptions.PROGRAM.options(),
                ClientOptions.PROGRAM.operands(),
                list,
                properties::get,
                variables::get));
    }
}
