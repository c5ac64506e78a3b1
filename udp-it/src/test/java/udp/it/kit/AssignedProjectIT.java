package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import udp.it.Jvm;

/**
 * The starter project of {@code assignments/maven}, built offline by the Maven of this build. Its local repository is
 * temporary: the jars of this build are in it as {@code install} puts them, and the rest comes from the repository of this
 * build, which Maven only reads, like a remote repository.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@Tag("long") // The same on each JDK.
class AssignedProjectIT {
    private static final Path ASSIGNMENTS = Path.of("assignments");
    private static final Pattern FAILED =
            Pattern.compile("\\[ERROR] +\\w+Test\\.rule_([P\\d]_\\d+)_.*; common cause: .+");
    private static final String CACHE = """
            <url>%s</url><releases><checksumPolicy>ignore</checksumPolicy></releases>""";
    private static final String SETTINGS = """
            <settings>
              <profiles><profile><id>cache</id>
                <repositories><repository><id>central</id>%1$s</repository></repositories>
                <pluginRepositories><pluginRepository><id>central</id>%1$s</pluginRepository></pluginRepositories>
              </profile></profiles>
              <activeProfiles><activeProfile>cache</activeProfile></activeProfiles>
            </settings>
            """;

    @TempDir
    Path home;

    @BeforeEach
    void installAndCopyTheStarter() throws IOException {
        String cache =
                Path.of(System.getProperty("udp.maven.repository")).toUri().toString();
        Files.writeString(
                home.resolve("settings.xml"),
                String.format(Locale.ROOT, SETTINGS, String.format(Locale.ROOT, CACHE, cache)));
        install("udp-parent", Path.of("../pom.xml"));
        for (String module : List.of("udp-api", "udp-server")) {
            install(module, Path.of("..", module, "pom.xml"));
        }
        copy(ASSIGNMENTS.resolve("maven"), project());
        copy(ASSIGNMENTS.resolve("maven/src/test/java"), project().resolve("src/test/java"));
    }

    /** Checks with a processor that is not written yet and a transport that waits forever instead of not at all. */
    @Test
    void failsByTheBrokenRulesAndThenPasses() throws Exception {
        Path sources = project().resolve("src/main/java");
        copy(ASSIGNMENTS.resolve("1-processor"), sources);
        copy(ASSIGNMENTS.resolve("4-transport/solution"), sources);
        Path socket = sources.resolve("MySocket.java");
        String right = Files.readString(socket);
        Files.writeString(socket, right.replace("Math.max(1, millis)", "millis"));
        Jvm.Result broken = mavenTest();
        assertEquals(1, broken.status(), broken::out);
        assertEquals(
                Set.of("P.1", "P.2", "P.3", "P.4", "P.5", "P.6", "P.7", "P.8", "P.9", "P.11", "1.4"),
                failedRules(broken.out()),
                broken::out);
        assertTrue(!broken.out().contains("\tat "), broken::out);

        Files.writeString(socket, right);
        copy(ASSIGNMENTS.resolve("1-processor/solution"), sources);
        Jvm.Result passed = mavenTest();
        assertEquals(0, passed.status(), passed::out);
        assertEquals(Set.of(), failedRules(passed.out()), passed::out);
    }

    private Path project() {
        return home.resolve("my project");
    }

    private Jvm.Result mavenTest() throws Exception {
        Path bin = Path.of(System.getProperty("udp.maven.home"), "bin");
        String settings = home.resolve("settings.xml").toString();
        List<String> command = new ArrayList<>(List.of(
                bin.resolve(File.separatorChar == '\\' ? "mvn.cmd" : "mvn").toString(), "-B", "-q"));
        command.addAll(List.of("-s", settings, "-gs", settings, "-o", "-Daether.offline.protocols=file"));
        command.addAll(List.of(
                "-Dmaven.repo.local=" + home.resolve("repository"),
                "-f",
                project().toString(),
                "test"));
        // The options of this build are not the student's.
        Map<String, String> environment = Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "MAVEN_OPTS",
                "-XX:TieredStopAtLevel=1",
                "MAVEN_ARGS",
                "");
        return Jvm.run(new byte[0], command, environment);
    }

    private static Set<String> failedRules(String output) {
        return FAILED.matcher(output)
                .results()
                .map((MatchResult found) -> found.group(1).replace('_', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Copies what install would copy, the POM and the jars with the version in their names. */
    private void install(String artifact, Path pom) throws IOException {
        String version = "1.0.0";
        Path folder = Files.createDirectories(
                home.resolve("repository/udp").resolve(artifact).resolve(version));
        Files.copy(pom, folder.resolve(artifact + "-" + version + ".pom"));
        Path target = pom.resolveSibling("target");
        if (Files.exists(target)) {
            copy(target, folder, file -> file.startsWith(artifact + "-" + version));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        copy(from, to, file -> file.endsWith(".java") || file.endsWith(".xml"));
    }

    private static void copy(Path from, Path to, Predicate<String> chosen) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (chosen.test(name)) {
                    Files.copy(file, to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
