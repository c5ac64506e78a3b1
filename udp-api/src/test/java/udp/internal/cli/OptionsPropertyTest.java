package udp.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import udp.internal.fault.Chances;
import udp.internal.fault.Faults;
import udp.internal.text.Printable;
import udp.test.TestShell;

/** Any command line in any surroundings is understood or refused in one harmless line. */
class OptionsPropertyTest {
    private static final List<Option> OPTIONS = Stream.concat(
                    Stream.of(
                            new Option('p', "port", "N", ""),
                            new Option('w', "timeout", "DURATION", ""),
                            new Option('m', "message", "TEXT", ""),
                            new Option('4', "ipv4", null, ""),
                            new Option('6', "ipv6", null, "")),
                    FaultOptions.ALL.stream())
            .toList();
    private static final Program PROGRAM = new Program("prog", "usage\n", OPTIONS, List.of("host"));
    private static final Pattern ONE_LINE = Pattern.compile("prog: [^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+\\R");

    @Property
    void anyCommandLineIsUnderstoodOrRefusedInOneLine(@ForAll("commandLines") List<String> arguments) {
        TestShell shell = new TestShell();
        assertUnderstoodOrRefused(shell, arguments);
    }

    @Property
    void soAreAnySurroundings(@ForAll("names") String name, @ForAll("values") String value, @ForAll boolean property) {
        TestShell shell = new TestShell();
        shell.surroundings.put(property ? "-Dudp." + name : "UDP_" + name.toUpperCase(Locale.ROOT), value);
        assertUnderstoodOrRefused(shell, List.of());
    }

    private static void assertUnderstoodOrRefused(TestShell shell, List<String> arguments) {
        int status = PROGRAM.run(shell.shell(), arguments, OptionsPropertyTest::readAll);
        if (status == Program.DONE) {
            assertEquals("", shell.err());
        } else {
            assertEquals(Program.WRONG_USAGE, status, shell.err());
            assertTrue(ONE_LINE.matcher(shell.err()).matches(), shell.err());
            assertFalse(shell.err().contains("null"), shell.err());
        }
    }

    private static int readAll(CommandLine line) {
        int port = line.get("port", 1, text -> Values.port(text, 1));
        assertTrue(port >= 1 && port <= 65_535, "port " + port);
        Duration timeout = line.get("timeout", Duration.ofSeconds(1), Values::duration);
        assertTrue(timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(Duration.ofHours(1)) <= 0);
        assertFalse(Printable.duration(timeout).isBlank());
        line.get("message", null, Values::message);
        assertFalse(line.get("host", "localhost", Values::name).isBlank());
        line.oneOf("ipv4", "ipv6");
        FaultOptions.of(line);
        return Program.DONE;
    }

    @Property
    void aDurationIsItsNumberTimesItsUnit(
            @ForAll @IntRange(max = 999_999_999) int whole,
            @ForAll("fractions") String fraction,
            @ForAll("units") String unit) {
        String text = whole + fraction + unit;
        BigDecimal seconds = new BigDecimal(whole + fraction)
                .multiply(new BigDecimal(
                        switch (unit) {
                            case "ms" -> "0.001";
                            case "m" -> "60";
                            default -> "1";
                        }));
        boolean allowed =
                seconds.compareTo(new BigDecimal("1e-9")) >= 0 && seconds.compareTo(new BigDecimal(3600)) <= 0;
        try {
            Duration duration = Values.duration(text);
            assertTrue(allowed, text + " is " + duration);
            assertEquals(seconds.movePointRight(9).longValue(), duration.toNanos(), text);
        } catch (IllegalArgumentException e) {
            assertFalse(allowed, text);
        }
    }

    @Property
    void aProbabilityIsReadAsItIsWritten(@ForAll @DoubleRange(min = 0, max = 1) double number) {
        String text = String.format(Locale.ROOT, "%.9f", number);
        assertEquals(
                Double.parseDouble(text),
                faults("--loss=" + text).fromClients().chances().loss());
    }

    @Property
    void aRangeOfDelaysIsReadAsItIsWritten(
            @ForAll @IntRange(min = 1, max = 3_600_000) int least,
            @ForAll @IntRange(min = 1, max = 3_600_000) int most) {
        try {
            Chances faults = faults("--delay=" + least + "ms.." + most + "ms")
                    .fromServer()
                    .chances();
            assertTrue(least <= most);
            assertEquals(Duration.ofMillis(least), faults.minDelay());
            assertEquals(Duration.ofMillis(most), faults.maxDelay());
        } catch (UsageException e) {
            assertTrue(least > most, e.getMessage());
        }
    }

    @Property
    void aSeedIsReadAsItIsWritten(
            @ForAll @LongRange(min = -999_999_999_999_999_999L, max = 999_999_999_999_999_999L) long seed) {
        assertEquals(seed, faults("--seed=" + seed).seed());
    }

    private static Faults faults(String argument) {
        return FaultOptions.of(
                CommandLine.parse(FaultOptions.ALL, List.of(), List.of(argument), new TestShell().shell()));
    }

    @Provide
    Arbitrary<List<String>> commandLines() {
        Arbitrary<String> flags = Arbitraries.of("-p", "-w", "-m", "-4", "-6", "-h", "--", "-", "--version", "--ipv4=");
        Arbitrary<String> options = names().map(name -> "--" + name);
        Arbitrary<String> settings = Arbitraries.of("=", "==", "", " ")
                .flatMap(between -> options.flatMap(option -> values().map(value -> option + between + value)));
        return Arbitraries.oneOf(flags, options, settings, values()).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(OPTIONS.stream().map(Option::name).toList());
    }

    /** Anything, and what is nearly right. */
    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                PropertyTexts.any(),
                Arbitraries.strings().withChars("0123456789.-+mse").ofMaxLength(22),
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(20),
                Arbitraries.of(
                        "true", "false", "1", "0.5", "1s..2s", "0..1s:0", "0:1", "1kbit", "2s..1s", "..", "1..", "NaN",
                        "\ufffd"),
                Arbitraries.of("c1=lose", "s2=late:1s", "c1=late:", "c0=lose", "x=", "=", "\ufffd=")
                        .list()
                        .ofMaxSize(3)
                        .map(fates -> String.join(" ", fates)));
    }

    @Provide
    Arbitrary<String> fractions() {
        return Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(9).map(digits -> "." + digits));
    }

    @Provide
    Arbitrary<String> units() {
        return Arbitraries.of("", "ms", "s", "m");
    }
}
