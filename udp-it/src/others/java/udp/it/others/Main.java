package udp.it.others;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import udp.internal.cli.Shell;
import udp.it.bench.BenchCommand;

/** The benchmark with servers of other libraries and languages beside ours, and with sizes that all of them take. */
final class Main {
    private static final Path SOURCES = Path.of("src", "others");
    private static final Path C_SERVER = Path.of("target", "others-upper");

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> servers = new ArrayList<>(List.of(
                java("netty", NettyServer.class, ""),
                java("mina", MinaServer.class, ""),
                java("vertx", VertxServer.class, "")));
        if (Epoll.isAvailable()) {
            servers.add(java("netty-epoll", NettyServer.class, " epoll"));
        } else {
            System.err.println("left out: Netty's epoll, which needs Linux on x86-64");
        }
        Files.createDirectories(C_SERVER.getParent());
        String source = SOURCES.resolve("c/upper.c").toString();
        if (succeeds("cc", "-O2", "-Wall", "-o", C_SERVER.toString(), source)) {
            servers.add("c='" + C_SERVER.toAbsolutePath() + "' single {port}");
            servers.add("c-batch='" + C_SERVER.toAbsolutePath() + "' batch {port}");
        }
        String script = SOURCES.resolve("python/upper.py").toAbsolutePath().toString();
        if (succeeds("python3", "--version")) {
            servers.add("python=python3 '" + script + "' {port}");
        }
        List<String> all = new ArrayList<>(List.of("--sizes", "32,1400", "--server", String.join("; ", servers)));
        all.addAll(List.of(arguments));
        System.exit(BenchCommand.run(Shell.system(), all));
    }

    private static String java(String name, Class<?> server, String more) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return name + "='" + java + "' -cp '" + System.getProperty("java.class.path") + "' " + server.getName()
                + " {port}" + more;
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() == 0) {
                return true;
            }
            System.err.println("left out: what needs " + String.join(" ", command));
        } catch (IOException e) {
            System.err.println("left out: what needs " + command[0] + ": " + e.getMessage());
        }
        return false;
    }
}
