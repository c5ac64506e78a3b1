package udp.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.test.TestShell;

class CommandLineTest {
    private static final List<Option> OPTIONS = List.of(
            new Option('p', "port", "N", "a number"),
            new Option('\0', "time-limit", "T", "a duration"),
            new Option('v', "verbose", null, "more words"),
            new Option('\0', "loud", null, "speak up"),
            new Option('\0', "quiet", null, "say less"));
    private static final List<String> OPERANDS = List.of("host", "message");

    private final TestShell shell = new TestShell();
    private final Map<String, String> surroundings = shell.surroundings;

    @ParameterizedTest(name = "flag or operand {0}, property {1}, variable {2}: {3}")
    @CsvSource({
        "1, 2, 3, 1",
        "1, 2,  , 1",
        "1,  , 3, 1",
        "1,  ,  , 1",
        " , 2, 3, 2",
        " , 2,  , 2",
        " ,  , 3, 3",
        " ,  ,  , fallback",
        "'', 2, 3, ''",
        " , '', 3, 3",
        " ,  , '', fallback",
    })
    void anArgumentBeatsAPropertyAndThatAVariable(String argument, String property, String variable, String expected) {
        for (String name : List.of("port", "host")) {
            surroundings.put("-Dudp." + name, property);
            surroundings.put("UDP_" + name.toUpperCase(Locale.ROOT), variable);
            String flag = name.equals("port") ? "--port=" : "";
            CommandLine line = argument == null ? parse() : parse(flag + argument);
            assertEquals(expected, line.get(name, "fallback", Function.identity()));
            assertEquals(!expected.equals("fallback"), line.has(name));
        }
    }

    @Test
    void whatKubernetesSetsForAServiceIsNoPort() {
        surroundings.put("UDP_PORT", "udp://10.96.0.10:50007");
        surroundings.put("UDP_HOST", "udp://10.96.0.10:50007");
        assertFalse(parse().has("port"));
        assertTrue(parse().has("host"), "only a port has a variable of that name");
    }

    @ParameterizedTest
    @CsvSource({
        // arguments, port, time-limit, verbose, host, message
        "--port 7,             7,    , false,   ,  ",
        "--port=7,             7,    , false,   ,  ",
        "-p 7,                 7,    , false,   ,  ",
        "-p7,                  7,    , false,   ,  ",
        "-p=7,                =7,    , false,   ,  ",
        "--port=,             '',    , false,   ,  ",
        "--port=a=b,         a=b,    , false,   ,  ",
        "--port -1,           -1,    , false,   ,  ",
        "--port --verbose, --verbose,, false,   ,  ",
        "-p --,               --,    , false,   ,  ",
        "--time-limit 2s,       ,  2s, false,   ,  ",
        "--verbose,             ,    , true,    ,  ",
        "-v,                    ,    , true,    ,  ",
        "-v -v,                 ,    , true,    ,  ",
        "--port 1 -p2 --port=3, 3,   , false,   ,  ",
        "-p1 --port 2 -p 3,    3,    , false,   ,  ",
        "a,                     ,    , false,  a,  ",
        "a b,                   ,    , false,  a, b",
        "a -v b,                ,    , true,   a, b",
        "-v a --port 7 b,      7,    , true,   a, b",
        "-,                     ,    , false,  -,  ",
        "- -,                   ,    , false,  -, -",
        "-- -v --port,          ,    , false, -v, --port",
        "-- -- -,               ,    , false, --, -",
        "-v -- a,               ,    , true,   a,  ",
        "--,                    ,    , false,   ,  ",
    })
    void argumentsBecomeOptionsAndOperands(
            String arguments, String port, String limit, boolean verbose, String host, String message) {
        CommandLine line = parse(arguments.split(" "));
        assertEquals(
                Arrays.asList(port, limit, host, message),
                Arrays.asList(text(line, "port"), text(line, "time-limit"), text(line, "host"), text(line, "message")));
        assertEquals(verbose, line.has("verbose"));
    }

    @Test
    void noArgumentsAreAllowed() {
        CommandLine line = parse();
        assertFalse(line.has("port") || line.has("verbose") || line.has("host"));
        assertNull(line.get("port", null, Integer::valueOf));
    }

    @Test
    void anEmptyArgumentIsAnOperand() {
        assertEquals("", text(parse(""), "host"));
    }

    @ParameterizedTest(name = "property {0}, variable {1}: {2}")
    @CsvSource({
        "true,      , true",
        "    ,  true, true",
        "false,     , false",
        "    , false, false",
        "false, true, false",
        "true, false, true",
        "'',    true, true",
        "    ,    '', false",
        "    ,      , false",
    })
    void anOptionWithoutAValueIsGivenByTrueAlone(String property, String variable, boolean expected) {
        surroundings.put("-Dudp.verbose", property);
        surroundings.put("UDP_VERBOSE", variable);
        assertEquals(expected, parse().has("verbose"));
        assertTrue(parse("-v").has("verbose"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRUE", "yes", "1"})
    void anOptionWithoutAValueIsTrueOrFalse(String value) {
        surroundings.put("UDP_VERBOSE", value);
        UsageException e = assertThrows(UsageException.class, () -> parse());
        assertEquals("UDP_VERBOSE: '" + value + "' is neither true nor false", e.getMessage());
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "    ,          ,         ,",
        "true,          ,         , loud",
        "    , quiet    ,         , quiet",
        "true, quiet    ,         , quiet",
        "true,          , --quiet , quiet",
        "    , quiet    , --loud  , loud",
    })
    void ofOptionsThatExcludeEachOtherTheNearestCounts(String variable, String property, String flag, String expected) {
        surroundings.put("UDP_LOUD", variable);
        surroundings.put("-Dudp." + property, "true");
        CommandLine line = flag == null ? parse() : parse(flag);
        assertEquals(expected, line.oneOf("loud", "quiet"));
    }

    @Test
    void twoThatExcludeEachOtherInOnePlaceAreRefused() {
        UsageException e = assertThrows(
                UsageException.class, () -> parse("--loud", "--quiet").oneOf("loud", "quiet"));
        assertEquals("--loud and --quiet exclude each other", e.getMessage());
    }

    @Test
    void aVariableHasUnderscoresForDashesAndEnglishCapitals() {
        surroundings.put("UDP_TIME_LIMIT", "2s");
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertEquals("2s", text(parse(), "time-limit"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--bogus        | unknown option --bogus; see --help",
                "--bogus=7      | unknown option --bogus; see --help",
                "--Port 7       | unknown option --Port; see --help",
                "--por 7        | unknown option --por; see --help",
                "---port 7      | unknown option ---port; see --help",
                "--=7           | unknown option --; see --help",
                "--p 7          | unknown option --p; see --help",
                "-x             | unknown option -x; see --help",
                "-xyz           | unknown option -xyz; see --help",
                "-P 7           | unknown option -P; see --help",
                "--port         | --port needs a value: N",
                "-v -p          | -p needs a value: N",
                "--time-limit   | --time-limit needs a value: T",
                "--verbose=true | --verbose takes no value",
                "--verbose=     | --verbose takes no value",
                "-vp            | -v takes no value",
                "-v=            | -v takes no value",
                "a b c          | unexpected argument 'c'; see --help",
                "a b -- -c      | unexpected argument '-c'; see --help",
                "a b -          | unexpected argument '-'; see --help",
            })
    void anArgumentThatFitsNothingIsRefused(String arguments, String message) {
        UsageException e = assertThrows(UsageException.class, () -> parse(arguments.split(" ")));
        assertEquals(message, e.getMessage());
    }

    @Test
    void aLetterThatStandsForNoneIsNoOption() {
        UsageException e = assertThrows(UsageException.class, () -> parse("-\0", "2s"));
        assertEquals("unknown option -\0; see --help", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"--port x, --port", "--port=x, --port", "-p x, -p", "-px, -p"})
    void aRefusedValueIsReportedWithItsSource(String arguments, String source) {
        assertEquals(source + ": no x", refused(parse(arguments.split(" ")), "port"));
        assertEquals("message: no x", refused(parse("a", "x"), "message"));
        surroundings.put("UDP_TIME_LIMIT", "x");
        assertEquals("UDP_TIME_LIMIT: no x", refused(parse(), "time-limit"));
        surroundings.put("-Dudp.time-limit", "x");
        assertEquals("-Dudp.time-limit: no x", refused(parse(), "time-limit"));
    }

    @Test
    void anOverriddenValueIsNotEvenParsed() {
        surroundings.put("UDP_PORT", "junk");
        assertEquals(7, parse("--port", "7").get("port", 0, Integer::valueOf));
    }

    @Test
    void whatElseAParserThrowsIsNoMatterOfUsage() {
        IllegalStateException thrown = new IllegalStateException();
        CommandLine line = parse("--port", "7");
        assertSame(
                thrown,
                assertThrows(
                        IllegalStateException.class,
                        () -> line.get("port", "", text -> {
                            throw thrown;
                        })));
    }

    @Test
    void anOptionWithoutANameIsTheCallersMistake() {
        CommandLine line = parse();
        assertThrows(NullPointerException.class, () -> line.get(null, "", Function.identity()));
    }

    private CommandLine parse(String... arguments) {
        return CommandLine.parse(OPTIONS, OPERANDS, List.of(arguments), shell.shell());
    }

    private static String text(CommandLine line, String name) {
        return line.get(name, null, Function.identity());
    }

    private static String refused(CommandLine line, String name) {
        return assertThrows(
                        UsageException.class,
                        () -> line.get(name, "", text -> {
                            throw new IllegalArgumentException("no " + text);
                        }))
                .getMessage();
    }
}
