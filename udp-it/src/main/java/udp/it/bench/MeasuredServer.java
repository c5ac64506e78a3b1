package udp.it.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.List;
import udp.api.spi.Providers;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.Values;
import udp.internal.net.Addresses;
import udp.server.Server;

/**
 * A server as a separate process. For each line of standard input it prints how many bytes its other threads have
 * allocated so far. It ends with its input, so it never outlives the benchmark.
 */
final class MeasuredServer {
    private static final Program PROGRAM =
            new Program("udp-it bench server", """
            usage: MeasuredServer TRANSPORT PORT
            """, List.of(), List.of("transport", "port"));

    private MeasuredServer() {}

    public static void main(String[] arguments) {
        System.exit(run(Shell.system(), arguments));
    }

    static int run(Shell shell, String... arguments) {
        return PROGRAM.run(shell, List.of(arguments), line -> {
            TransportProvider provider = line.get("transport", null, name -> Providers.transport(Role.SERVER, name));
            int port = line.get("port", 0, text -> Values.port(text, 0));
            TransportConfig config =
                    TransportConfig.bind(new InetSocketAddress(Addresses.loopback(StandardProtocolFamily.INET), port));
            Server server = Server.start(provider.open(config), Providers.processor("upper"));
            try {
                report(shell);
            } finally {
                server.close();
            }
            return Program.DONE;
        });
    }

    private static void report(Shell shell) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(shell.in(), UTF_8));
        while (lines.readLine() != null) {
            shell.out().println(allocatedBytes());
            shell.out().flush();
        }
    }

    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long own = Thread.currentThread().getId();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            sum += id == own
                    ? 0
                    : Math.max(threads.getThreadAllocatedBytes(id), 0); // -1 for a thread that has just ended
        }
        return sum;
    }
}
