package udp.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubprocessTest {
    /** A loop that nobody leaves would print more. */
    static final class Talker {
        private Talker() {}

        public static void main(String[] arguments) {
            byte[] part = new byte[1 << 16];
            for (int printed = 0; printed <= Subprocess.MAX_KEPT; printed += part.length) {
                System.out.write(part, 0, part.length);
            }
            System.out.flush();
        }
    }

    /** Its last words are a line without end. */
    static final class Shouter {
        private Shouter() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 50; i++) {
                System.err.print("y".repeat(1 << 20));
            }
            System.exit(3);
        }
    }

    @Test
    void aMessageWithoutEndIsCut() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(java, "-cp", System.getProperty("java.class.path"), Shouter.class.getName());
        try (Subprocess process = Subprocess.start(command, new byte[0], Map.of())) {
            process.awaitEnd("the process to end");
            String state = process.state();
            assertTrue(state.matches("it had ended with status 3: y{300}\\.\\.\\. \\(cut\\)"), state);
        }
    }

    @Test
    void anOutputWithoutEndDoesNotFillTheMemory() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(java, "-cp", System.getProperty("java.class.path"), Talker.class.getName());
        try (Subprocess process = Subprocess.start(command, new byte[0], Map.of())) {
            assertEquals(Subprocess.MAX_KEPT, process.awaitSuccess().length);
            assertTrue(process.isCut());
        }
    }
}
