package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Set;
import udp.internal.cli.Shell;

/** Starts the program with standard streams of a test's own. */
final class Terminal {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final byte[] input;
    private final Set<Integer> terminals;

    private Terminal(byte[] input, Set<Integer> terminals) {
        this.input = input;
        this.terminals = terminals;
    }

    /** All three streams are pipes, and there is no input. */
    static Terminal none() {
        return piped("");
    }

    static Terminal piped(String input) {
        return on(Set.of(), input);
    }

    static Terminal on(Set<Integer> terminals, String input) {
        return new Terminal(input.getBytes(UTF_8), terminals);
    }

    int run(String... arguments) {
        return runWithOutput(out, arguments);
    }

    int runWithOutput(OutputStream output, String... arguments) {
        Shell shell = new Shell(
                new ByteArrayInputStream(input),
                new PrintStream(output, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                property -> null,
                variable -> null,
                terminals::contains);
        return Main.run(shell, arguments);
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }
}
