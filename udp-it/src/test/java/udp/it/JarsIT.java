package udp.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static udp.it.Jvm.jar;
import static udp.it.Jvm.java;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each of the four jars does by itself. */
@Timeout(60)
class JarsIT {
    @ParameterizedTest
    @ValueSource(strings = {"api", "server", "client", "it"})
    void aSecurityManagerIsOneLine(String module) throws Exception {
        assumeTrue(Runtime.version().feature() < 24, "This computer's Java has no security manager.");
        Jvm.Result result = Jvm.run("", java("-Djava.security.manager", "-jar", jar(module), "--nonsense"));
        List<String> lines =
                result.err().lines().filter(line -> !line.startsWith("WARNING")).toList();
        assertEquals(1, lines.size(), result.err());
        assertTrue(lines.get(0).startsWith("udp-" + module + ": "), result.err());
        assertEquals(module.equals("api") ? 2 : 1, result.status());
    }

    @Test
    void eachJarRunsAloneCopiedAnywhere(@TempDir Path elsewhere) throws Exception {
        for (String module : List.of("api", "server", "client", "it")) {
            Path copy = Files.copy(Path.of(jar(module)), elsewhere.resolve(module + " copy.jar"));
            Jvm.Result version = Jvm.run("", java("-jar", copy.toString(), "--version"));
            assertTrue(version.out().matches("udp-" + module + " [0-9.]+, Java .*\n"), version.out());
            Jvm.Result help = Jvm.run("", java("-jar", copy.toString(), "--help"));
            assertEquals(0, help.status());
            assertTrue(help.out().startsWith("usage: java -jar udp-" + module + ".jar"), help.out());
            assertTrue(help.out().lines().count() <= 24, "fits a screen");
            assertTrue(help.out().lines().allMatch(line -> line.length() <= 80), help.out());
            Jvm.Result wrong = Jvm.run("", java("-jar", copy.toString(), "--no-such-option"));
            assertEquals(2, wrong.status());
            assertEquals("udp-" + module + ": unknown option --no-such-option; see --help\n", wrong.err());
        }
    }

    @Test
    void thePlainJarsAreModules() throws Exception {
        for (String module : List.of("server", "client")) {
            String path = Jvm.plainJar("api") + File.pathSeparator + Jvm.plainJar(module);
            String main = "udp." + module + "/udp." + module + ".Main";
            Jvm.Result result = Jvm.run("", java("-p", path, "-m", main, "--version"));
            assertTrue(result.out().matches("udp-" + module + " [0-9.]+, Java .*\n"), result.out() + result.err());
            Jvm.Result help = Jvm.run("", java("-p", path, "-m", main, "--help"));
            assertTrue(help.out().startsWith("usage: udp-" + module + " [OPTION]..."), help.out());
            Jvm.Result unknown = Jvm.run("", java("-p", path, "-m", main, "-t", "none", "-m", "x"));
            assertTrue(unknown.err().contains("available: channel, socket") || module.equals("server"), unknown.err());
        }
    }

    @Test
    void theApiJarListsWhatTheClassPathOffers() throws Exception {
        assertTrue(Jvm.run("", java("-jar", jar("api"))).out().contains("processors: none on this class path"));
        String all = String.join(File.pathSeparator, jar("api"), jar("server"), jar("client"));
        assertEquals("""
                server transports: channel, socket
                client transports: channel, socket
                processors: upper, echo, discard, reverse, time
                """, Jvm.run("", java("-cp", all, "udp.api.Main")).out().replaceFirst(".*\n", ""));
    }

    @Test
    void theItJarRunsTheMainJobForEveryPair() throws Exception {
        Jvm.Result result = Jvm.run("", java("-jar", jar("it"), "hello, world"));
        assertEquals(0, result.status(), result.err());
        assertFalse(result.out().contains("not on this host: IPv4"));
        long replies = result.out()
                .lines()
                .filter(line -> line.endsWith("HELLO, WORLD"))
                .count();
        assertTrue(replies == 4 || replies == 8, result.out());
        assertTrue(Jvm.run("from a pipe\n", java("-jar", jar("it"))).out().contains("FROM A PIPE"));
    }
}
