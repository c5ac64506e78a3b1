package udp.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import udp.internal.cli.Shell;

/** A shell whose streams are in memory; properties go by {@code -Dname}, variables by their name. */
public final class TestShell {
    public final Map<String, String> surroundings = new HashMap<>();

    private final Lines out = new Lines();
    private final Lines err = new Lines();
    private final byte[] input;
    private final Set<Integer> terminals;

    private static final class Lines extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            notifyAll();
        }

        synchronized String awaitFirst() throws InterruptedException {
            while (toString(UTF_8).indexOf('\n') < 0) {
                wait();
            }
            return toString(UTF_8).lines().findFirst().orElseThrow();
        }
    }

    /** All three streams are pipes, and there is no input. */
    public TestShell() {
        this(Set.of(), "");
    }

    /** The given descriptors are terminals. */
    public TestShell(Set<Integer> terminals, String input) {
        this.terminals = terminals;
        this.input = input.getBytes(UTF_8);
    }

    public Shell shell() {
        return shell(out);
    }

    public Shell shell(OutputStream output) {
        return new Shell(
                new ByteArrayInputStream(input),
                new PrintStream(new BufferedOutputStream(output), false, UTF_8), // what is not flushed is not there
                new PrintStream(new BufferedOutputStream(err), false, UTF_8),
                name -> surroundings.get("-D" + name),
                surroundings::get,
                terminals::contains);
    }

    /** Waits for the first line of standard output. */
    public String firstLine() throws InterruptedException {
        return out.awaitFirst();
    }

    public String out() {
        return out.toString(UTF_8);
    }

    public String err() {
        return err.toString(UTF_8);
    }
}
