package udp.api.spi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import udp.api.Transport;

/** A class path with another {@code META-INF/services}, and classes to list there. */
public final class Announced {
    private Announced() {}

    /** Runs the action with a class path that lists the given classes, by service. */
    public static <T> T during(Path directory, Map<String, String> services, Callable<T> action) throws Exception {
        Path folder = Files.createDirectories(directory.resolve("META-INF/services"));
        for (Map.Entry<String, String> service : services.entrySet()) {
            Files.writeString(folder.resolve(service.getKey()), service.getValue());
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] path = {directory.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, Announced.class.getClassLoader())) {
            thread.setContextClassLoader(loader);
            return action.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A named processor. */
    public static class Shout implements NamedProcessor {
        @Override
        public String name() {
            return "shout";
        }

        @Override
        public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
            return Outcome.NO_REPLY;
        }
    }

    /** Another named processor. */
    public static final class Whisper extends Shout {
        @Override
        public String name() {
            return "whisper";
        }
    }

    /** A processor whose name another processor has. */
    public static final class LaterShout extends Shout {}

    /** A transport for servers. */
    public static class Server implements TransportProvider {
        @Override
        public Role role() {
            return Role.SERVER;
        }

        @Override
        public String name() {
            return "pigeon";
        }

        @Override
        public Transport open(TransportConfig config) throws IOException {
            throw new IOException("no pigeon");
        }
    }

    /** A transport of the same name for clients. */
    public static final class Client extends Server {
        @Override
        public Role role() {
            return Role.CLIENT;
        }
    }
}
