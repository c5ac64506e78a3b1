package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;

/** The class path has its providers from {@code META-INF/services}, the module path from {@code provides}. */
class ServicesTest {
    @Test
    void theClassPathAndTheModuleOfferTheSameTransports() throws Exception {
        assertFalse(Main.class.getModule().isNamed());
        Map<String, String> found = Providers.transports(Role.CLIENT).stream()
                .collect(Collectors.toMap(
                        TransportProvider::name, provider -> provider.getClass().getName()));
        assertEquals(Set.of("channel", "socket"), found.keySet());

        Path classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            Map<String, Set<String>> provided = ModuleDescriptor.read(in).provides().stream()
                    .collect(Collectors.toMap(
                            ModuleDescriptor.Provides::service, service -> Set.copyOf(service.providers())));
            assertEquals(Map.of(TransportProvider.class.getName(), Set.copyOf(found.values())), provided);
        }
    }
}
