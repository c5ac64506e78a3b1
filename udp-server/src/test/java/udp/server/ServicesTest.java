package udp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;

/** The class path and the module path are to offer the same. */
class ServicesTest {
    private final Path classes = classes();

    @Test
    void theServicesFilesAndTheModuleAgree() throws IOException {
        assertEquals(ofTheModule(), ofTheServicesFiles());
    }

    @Test
    void theTransportsAreThoseTwo() {
        List<TransportProvider> transports = Providers.transports(Role.SERVER);
        assertEquals(
                Set.of("channel", "socket"),
                transports.stream().map(TransportProvider::name).collect(Collectors.toSet()));
        assertEquals(2, transports.size());
        assertEquals(List.of(), Providers.transports(Role.CLIENT));
    }

    private Map<String, List<String>> ofTheModule() throws IOException {
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            Map<String, List<String>> provided = new TreeMap<>();
            ModuleDescriptor.read(in).provides().forEach(it -> provided.put(it.service(), it.providers()));
            return provided;
        }
    }

    private Map<String, List<String>> ofTheServicesFiles() throws IOException {
        try (Stream<Path> files = Files.list(classes.resolve("META-INF/services"))) {
            Map<String, List<String>> provided = new TreeMap<>();
            for (Path file : files.toList()) {
                provided.put(file.getFileName().toString(), Files.readAllLines(file));
            }
            return provided;
        }
    }

    private static Path classes() {
        return Path.of(URI.create(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
