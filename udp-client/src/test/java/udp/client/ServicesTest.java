package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;

/** On the class path {@code META-INF/services} counts, on the module path {@code provides}. */
class ServicesTest {
    @Test
    void theClassPathOffersWhatTheModuleProvides() throws Exception {
        Path classes = classes();
        ModuleDescriptor module;
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
        Map<String, Set<String>> provided = module.provides().stream()
                .collect(Collectors.toMap(
                        ModuleDescriptor.Provides::service,
                        it -> new TreeSet<>(it.providers()),
                        (a, b) -> a,
                        TreeMap::new));
        assertEquals(provided, services(classes.resolve("META-INF/services")));
    }

    @Test
    void bothTransportsAreFoundByTheirNames() {
        assertEquals(
                Set.of("channel", "socket"),
                Providers.transports(Role.CLIENT).stream()
                        .map(TransportProvider::name)
                        .collect(Collectors.toSet()));
    }

    private static Map<String, Set<String>> services(Path folder) throws IOException {
        Map<String, Set<String>> services = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file, UTF_8);
                services.put(
                        file.getFileName().toString(),
                        lines.stream().filter(line -> !line.isBlank()).collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        return services;
    }

    private static Path classes() throws URISyntaxException {
        return Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
