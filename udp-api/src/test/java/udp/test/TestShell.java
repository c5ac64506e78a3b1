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

/** A shell with streams in memory. A property has the key {@code -Dname}, a variable its name. */
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

    /** Makes a shell whose streams are pipes, without input. */
    public TestShell() {
        this(Set.of(), "");
    }

    /** Makes a shell in which the given descriptors are terminals. */
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
                new PrintStream(new BufferedOutputStream(output), false, UTF_8), // A test sees only what is flushed.
                new PrintStream(new BufferedOutputStream(err), false, UTF_8)) {
            @Override
            public String property(String name) {
                return surroundings.get("-D" + name);
            }

            @Override
            public String variable(String name) {
                return surroundings.get(name);
            }

            @Override
            public boolean isTerminal(int descriptor) {
                return terminals.contains(descriptor);
            }
        };
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
