package udp.internal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LossyOutputTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Semaphore reader = new Semaphore(0); // permits writes, as a pipe that is read

    private final PrintStream output = LossyOutput.around(new PrintStream(
            new OutputStream() {
                @Override
                public void write(int b) {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    reader.acquireUninterruptibly();
                    written.write(bytes, offset, length);
                }
            },
            true,
            UTF_8));

    private List<String> lines() {
        return written.toString(UTF_8).lines().toList();
    }

    @Test
    void linesKeepTheirOrder() {
        reader.release(Integer.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            output.println(i);
        }
        while (lines().size() < 100) {
            LossyOutput.awaitAll();
        }
        assertEquals("0", lines().get(0));
        assertEquals("99", lines().get(99));
    }

    @Test
    void anOutputThatBlocksLosesLinesAndCountsThem() {
        String line = "x".repeat((1 << 20) / 4);
        for (int i = 0; i < 6; i++) {
            output.print(line + "\n"); // The queue holds at most a line more than a MiB.
        }
        LossyOutput.awaitAll();
        assertEquals(List.of(), lines());
        reader.release(Integer.MAX_VALUE);
        while (lines().size() < 5) {
            LossyOutput.awaitAll();
        }
        assertEquals("2 lines of the log were lost", lines().get(4));
        output.println("again");
        while (lines().size() < 6) {
            LossyOutput.awaitAll();
        }
        assertEquals("again", lines().get(5));
        assertTrue(lines().subList(0, 4).stream().allMatch(line::equals));
    }

    @Test
    void linesThatAreLostAreCountedWhereTheyAreMissing() {
        String line = "x".repeat((1 << 20) / 4);
        for (int i = 0; i < 6; i++) {
            output.print(line + "\n");
        }
        while (lines().size() < 2) { // Then there is room for a line again, and the queue is not empty.
            if (reader.hasQueuedThreads()) {
                reader.release();
            }
        }
        output.print("next\n");
        reader.release(Integer.MAX_VALUE / 2);
        while (lines().size() < 6) {
            LossyOutput.awaitAll();
        }
        assertEquals(List.of("2 lines of the log were lost", "next"), lines().subList(4, 6));
    }
}
