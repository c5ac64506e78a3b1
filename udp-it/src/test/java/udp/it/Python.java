package udp.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;

/** The Python of this computer. */
public final class Python {
    private static final String EXECUTABLE = find();

    private Python() {}

    /**
     * Returns the path of the interpreter; a test without Python is skipped. The name <code>python3</code> may be a script
     * that selects a version, which takes ten times as long as the interpreter itself.
     */
    public static String path() {
        assumeTrue(EXECUTABLE != null, "This computer has no python3.");
        return EXECUTABLE;
    }

    private static String find() {
        try {
            Jvm.Result result = Jvm.run("", List.of("python3", "-c", "import sys; print(sys.executable, end='')"));
            return result.status() == 0 ? result.out() : null;
        } catch (IOException e) {
            return null;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
