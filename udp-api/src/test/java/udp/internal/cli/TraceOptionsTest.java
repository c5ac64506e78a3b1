package udp.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import udp.internal.trace.Trace;
import udp.test.TestShell;

class TraceOptionsTest {
    @TempDir
    Path folder;

    private final TestShell shell = new TestShell();

    private Trace open(String... arguments) {
        CommandLine line = CommandLine.parse(TraceOptions.ALL, List.of(), List.of(arguments), new TestShell().shell());
        return TraceOptions.open(line, shell.shell(), "udp-client");
    }

    @Test
    void thereIsNoneUnlessAskedFor() {
        assertSame(Trace.NONE, open());
        assertFalse(Trace.NONE.isShown());
        assertEquals("", shell.err());
    }

    @Test
    void aTraceOnTheTerminalHasAHeading() {
        Trace trace = open("--trace");
        assertTrue(trace.isShown());
        trace.recordRetransmission("again");
        List<String> lines = shell.err().lines().toList();
        assertEquals("  since start  socket call      in Java                   what", lines.get(0));
        assertTrue(lines.get(1).endsWith(" ms  retransmission                             again"), lines.get(1));
        assertEquals(2, lines.size());
    }

    @Test
    void aDumpImpliesATrace() {
        assertTrue(open("--hexdump").isShown());
    }

    @Test
    void aTraceInAFileIsNotShownAndReplacesWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("t.jsonl"), "old");
        try (Trace trace = open("--trace-file", file.toString())) {
            assertFalse(trace.isShown());
            trace.recordRetransmission("again");
            assertTrue(Files.readString(file).matches("\\{\"time\":.*\"note\":\"again\"}\n"), "written at once");
        }
        assertEquals("", shell.err());
    }

    @Test
    void aFileEndsAtItsLimitAndThatIsSaidOnce() throws IOException {
        Path file = folder.resolve("t.jsonl");
        try (Trace trace = open("--trace-file", file.toString(), "--trace-limit", "1")) {
            for (int i = 0; i < 4; i++) {
                trace.recordRetransmission("x".repeat(300_000));
            }
        }
        assertEquals(3, Files.readAllLines(file).size());
        assertEquals(
                "udp-client: writing the trace failed, it ends here: "
                        + "the file has reached 1 MB (allow more with --trace-limit)\n",
                shell.err());
    }

    @Test
    void theLimitHoldsForTheFileOfAnotherOption() throws IOException {
        List<Option> options = Option.concat(TraceOptions.ALL, List.of(new Option('\0', "other", "F", "")));
        List<String> arguments = List.of("--other", folder.resolve("f").toString(), "--trace-limit", "1");
        CommandLine line = CommandLine.parse(options, List.of(), arguments, new TestShell().shell());
        try (OutputStream file = TraceOptions.file(line, "other", null)) {
            file.write(new byte[1_000_000]);
            assertThrows(IOException.class, () -> file.write(new byte[1]));
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsRefused() {
        Path missing = folder.resolve("no").resolve("t.jsonl");
        assertEquals(
                "--trace-file: cannot write '" + missing + "': no such directory",
                assertThrows(UsageException.class, () -> open("--trace-file=" + missing))
                        .getMessage());
        String folderItself = assertThrows(UsageException.class, () -> open("--trace-file=" + folder))
                .getMessage();
        assertTrue(folderItself.startsWith("--trace-file: cannot write '" + folder + "': "), folderItself);
        assertEquals(
                "--trace-file: must not be empty",
                assertThrows(UsageException.class, () -> open("--trace-file", " "))
                        .getMessage());
    }

    @Test
    void aSymbolicLinkIsRefusedAndItsTargetKept() throws IOException {
        Path target = Files.writeString(folder.resolve("kept"), "kept");
        for (Path link : List.of(folder.resolve("link"), folder.resolve("dangling"))) {
            Files.createSymbolicLink(link, link.endsWith("link") ? target : folder.resolve("absent"));
            assertEquals(
                    "--trace-file: cannot write '" + link + "': a symbolic link; name the file itself",
                    assertThrows(UsageException.class, () -> open("--trace-file=" + link))
                            .getMessage());
        }
        assertEquals("kept", Files.readString(target));
        assertFalse(Files.exists(folder.resolve("absent")));
    }
}
