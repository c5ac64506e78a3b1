package udp.it.kit.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CheckedCommandTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderGoesThatIsTooDeepForAPathAndNoLinkIsFollowed(@TempDir Path home) throws Exception {
        Path folder = Files.createDirectory(home.resolve("folder"));
        Path kept =
                Files.createFile(Files.createDirectory(home.resolve("other")).resolve("kept"));
        Files.createSymbolicLink(folder.resolve("link"), kept.getParent());
        String name = "d".repeat(200);
        String script = "for i in $(seq 30); do mkdir " + name + " && cd -P " + name + " || exit 1; done";
        Process sh = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .start();
        assertEquals(0, sh.waitFor());
        CheckedCommand.delete(folder);
        assertFalse(Files.exists(folder));
        assertTrue(Files.exists(kept));
    }
}
