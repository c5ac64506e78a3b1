package udp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import udp.api.cli.Shell;

/** A shell whose streams are in memory; properties go by {@code -Dname}, variables by their name. */
final class TestShell {
    final Map<String, String> surroundings = new HashMap<>();

    private final Lines out = new Lines();
    private final Lines err = new Lines();

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

    Shell shell() {
        return new Shell(
                InputStream.nullInputStream(),
                new PrintStream(new BufferedOutputStream(out), false, UTF_8), // what is not flushed is not there
                new PrintStream(new BufferedOutputStream(err), false, UTF_8),
                name -> surroundings.get("-D" + name),
                surroundings::get,
                descriptor -> false);
    }

    String firstLine() throws InterruptedException {
        return out.awaitFirst();
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }
}
