package udp.it.others;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import udp.internal.cli.Shell;
import udp.it.bench.BenchCommand;

/** The benchmark with servers of Netty and MINA beside ours. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        List<String> all = new ArrayList<>(
                List.of("--server", command("netty", NettyServer.class) + "; " + command("mina", MinaServer.class)));
        all.addAll(List.of(arguments));
        System.exit(BenchCommand.run(Shell.system(), all));
    }

    private static String command(String name, Class<?> server) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return name + "='" + java + "' -cp '" + System.getProperty("java.class.path") + "' " + server.getName()
                + " {port}";
    }
}
