package udp.test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The providers of a module, as its two lists of them have it. */
public final class Services {
    private final Path classes;

    /** Takes any class of the module. */
    public Services(Class<?> ofModule) {
        this.classes = Path.of(URI.create(
                ofModule.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    /** Reads {@code provides} of {@code module-info}, which counts on the module path. */
    public Map<String, List<String>> ofModulePath() throws IOException {
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            Map<String, List<String>> provided = new TreeMap<>();
            ModuleDescriptor.read(in).provides().forEach(each -> provided.put(each.service(), each.providers()));
            return provided;
        }
    }

    /** Reads {@code META-INF/services}, which counts on the class path. */
    public Map<String, List<String>> ofClassPath() throws IOException {
        try (Stream<Path> files = Files.list(classes.resolve("META-INF/services"))) {
            Map<String, List<String>> provided = new TreeMap<>();
            for (Path file : files.toList()) {
                provided.put(file.getFileName().toString(), Files.readAllLines(file));
            }
            return provided;
        }
    }
}
