package udp.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import udp.internal.text.Printable;
import udp.test.TestShell;

class ProgramTest {
    private static final Program PROGRAM = new Program(
            "prog",
            "usage: prog\nDoes it.\n",
            List.of(
                    new Option('p', "port", "N", "a number"),
                    new Option('\0', "wait", null, "a flag"),
                    new Option('\0', "longest-of-all", "TIME", "a duration")),
            List.of("host"));

    private final TestShell shell = new TestShell();

    @ParameterizedTest
    @CsvSource({"--help", "-h", "--help --version", "-p 7 -h"})
    void helpGoesToStandardOutput(String arguments) {
        assertEquals(Program.DONE, PROGRAM.run(shell.shell(), List.of(arguments.split(" ")), ProgramTest::unwanted));
        assertEquals("""
                usage: prog
                Does it.
                  -p, --port N               a number
                      --wait                 a flag
                      --longest-of-all TIME  a duration
                  -h, --help                 print this help and exit
                      --version              print the version and exit
                """, shell.out());
        assertEquals("", shell.err());
    }

    @Test
    void theVersionGoesToStandardOutput() {
        assertEquals(Program.DONE, PROGRAM.run(shell.shell(), List.of("--version"), ProgramTest::unwanted));
        assertEquals(
                "prog (version unknown), Java " + System.getProperty("java.version") + System.lineSeparator(),
                shell.out());
        assertEquals("", shell.err());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "42"})
    void theStatusIsTheBodys(int status) {
        assertEquals(status, PROGRAM.run(shell.shell(), List.of(), line -> status));
        assertEquals("", shell.out() + shell.err());
    }

    @Test
    void theBodyGetsTheCommandLineAndTheShellsSettings() {
        shell.surroundings.put("-Dudp.wait", "true");
        shell.surroundings.put("UDP_HOST", "h");
        PROGRAM.run(shell.shell(), List.of("-p", "7"), line -> {
            assertEquals(7, line.get("port", 0, Integer::valueOf));
            assertTrue(line.has("host") && line.has("wait"));
            assertFalse(line.has("longest-of-all"));
            return Program.DONE;
        });
        assertEquals("", shell.err());
    }

    @Test
    void whatTheBodyPrintsIsFlushedAlsoWhenItFails() {
        Shell buffered = shell.shell();
        PROGRAM.run(buffered, List.of(), line -> {
            buffered.out().print("half");
            throw new IOException("broken");
        });
        assertEquals("half", shell.out());
    }

    @Test
    void wrongUsageIsOneLineAndStatusTwo() {
        assertEquals(
                Program.WRONG_USAGE, PROGRAM.run(shell.shell(), List.of("--bogus", "--help"), ProgramTest::unwanted));
        assertEquals("prog: unknown option --bogus; see --help" + System.lineSeparator(), shell.err());
        assertEquals("", shell.out());
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new UsageException("no such thing"), 2, "no such thing"),
                Arguments.of(new UsageException("a\nb\u001b[2J"), 2, "a\\u000ab\\u001b[2J"),
                Arguments.of(new IOException("no answer"), 1, "no answer"),
                Arguments.of(new IOException("a\r\nb"), 1, "a\\u000d\\u000ab"),
                Arguments.of(new SocketTimeoutException(), 1, "SocketTimeoutException"),
                Arguments.of(new IOException(" "), 1, "IOException"),
                Arguments.of(new UncheckedIOException("disk full", new IOException()), 1, "disk full"),
                Arguments.of(new UncheckedIOException(new IOException("disk full")), 1, "disk full"),
                Arguments.of(new UsageException(null), 2, "UsageException"),
                Arguments.of(
                        new OutOfMemoryError("Java heap space"),
                        1,
                        "out of memory (Java heap space); ask for less, or allow more (java -Xmx)"),
                Arguments.of(
                        new OutOfMemoryError("unable to create native thread"),
                        1,
                        "cannot start a thread (unable to create native thread);"
                                + " allow more (ulimit -u, pids.max of the cgroup)"),
                Arguments.of(
                        new ExceptionInInitializerError(
                                new UncheckedIOException(new IOException("Too many open files"))),
                        1,
                        "Too many open files; allow more of them (ulimit -n)"),
                Arguments.of(
                        new IllegalStateException("x"),
                        1,
                        "internal error, please report it: java.lang.IllegalStateException: x"),
                Arguments.of(
                        new IllegalArgumentException(),
                        1,
                        "internal error, please report it: java.lang.IllegalArgumentException"),
                Arguments.of(
                        new StackOverflowError(), 1, "internal error, please report it: java.lang.StackOverflowError"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsOneLineAndAStatus(Throwable failure, int status, String message) {
        assertEquals(status, PROGRAM.run(shell.shell(), List.of(), throwing(failure)));
        assertEquals("prog: " + message + System.lineSeparator(), shell.err());
        assertEquals("", shell.out());
    }

    @Test
    void theNameOfAFileIsNotAllThatIsToldOfIt() {
        assertEquals("f (NoSuchFileException)", Printable.failure(new NoSuchFileException("f")));
        assertEquals("f: disk full", Printable.failure(new FileSystemException("f", null, "disk full")));
    }

    @Test
    void aFailureOfANamelessKindStillHasAText() {
        assertFalse(Printable.failure(new IOException() {
                    private static final long serialVersionUID = 1;
                })
                .isBlank());
    }

    @Test
    void aLookUpThatFindsNothingIsWrongUsage() {
        Supplier<String> failing = () -> {
            throw new IllegalArgumentException("nothing there");
        };
        UsageException e = assertThrows(UsageException.class, () -> UsageException.orRefuse(failing));
        assertEquals("nothing there", e.getMessage());
        assertEquals("x", UsageException.orRefuse(() -> "x"));
    }

    private static int unwanted(CommandLine line) {
        throw new AssertionError("the body is not to be run");
    }

    private static Program.Body throwing(Throwable failure) {
        return line -> {
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            throw (Error) failure;
        };
    }
}
