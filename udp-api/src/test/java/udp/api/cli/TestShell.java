package udp.api.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/** A shell whose streams are in memory; properties go by {@code -Dname}, variables by their name. */
public final class TestShell {
    public final Map<String, String> surroundings = new HashMap<>();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    public Shell shell() {
        return new Shell(
                InputStream.nullInputStream(),
                new PrintStream(new BufferedOutputStream(out), false, UTF_8), // what is not flushed is not there
                new PrintStream(new BufferedOutputStream(err), false, UTF_8),
                name -> surroundings.get("-D" + name),
                surroundings::get,
                descriptor -> false);
    }

    public String out() {
        return out.toString(UTF_8);
    }

    public String err() {
        return err.toString(UTF_8);
    }
}
