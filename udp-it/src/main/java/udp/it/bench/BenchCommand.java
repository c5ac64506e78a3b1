package udp.it.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;

/** The command {@code bench}: measures which server, and which client transport, needs less for an exchange. */
public final class BenchCommand {
    private static final Program PROGRAM = new Program("udp-it bench", """
            usage: java -jar udp-it.jar bench [OPTION]...
            Measures exchanges over loopback: each client transport with each server
            transport, in turn. LIST is one or more numbers with commas between. Ctrl-C
            keeps what was measured.
            COMMAND is [NAME=]PROGRAM ARGUMENT...; several are separated by semicolons.
            """, BenchOptions.OPTIONS, List.of());

    /** The only one of our clients that can look for a reply without a wait, which takes a millisecond or more. */
    private static final String CLIENT_AT_RATE = "channel";

    private BenchCommand() {}

    /** Runs the command with the arguments behind its name, and returns the exit status. */
    public static int run(Shell shell, List<String> arguments) {
        return PROGRAM.run(shell, arguments, line -> run(shell, BenchOptions.of(line)));
    }

    private static int run(Shell shell, BenchOptions options) throws IOException {
        BenchReport report = options.report() == null ? null : BenchReport.in(options.report());
        List<TransportProvider> clients = options.atRate()
                ? List.of(Providers.transport(Role.CLIENT, CLIENT_AT_RATE))
                : Providers.transports(Role.CLIENT);
        List<ServerCommand> commands = Stream.concat(
                        Providers.transports(Role.SERVER).stream()
                                .map(provider -> ServerCommand.ofTransport(provider.name())),
                        options.others().stream())
                .toList();
        requireDifferentNames(commands);
        Interruption interruption = Interruption.ofThisThread();
        try {
            BenchResults results;
            try (Servers servers = new Servers(commands)) {
                results = new Rounds(options, clients, servers.running(), new BenchProgress(shell)).run();
            }
            if (Thread.interrupted() && !results.hasAny()) { // An interrupted thread could not write a file.
                return Program.FAILED;
            }
            Machine machine = Machine.here();
            shell.out().print(ResultTable.of(options, machine, results));
            shell.out().flush();
            if (report != null) {
                report.write(options, machine, results);
            }
            return results.failures().isEmpty() ? Program.DONE : Program.FAILED;
        } finally {
            interruption.end();
        }
    }

    private static void requireDifferentNames(List<ServerCommand> commands) {
        List<String> names = commands.stream().map(ServerCommand::name).toList();
        names.stream()
                .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new UsageException(
                            "two servers are called '" + name + "'; give a command a name: NAME=COMMAND");
                });
    }

    /** All servers of the benchmark. They run from the first measurement to the last. */
    private static final class Servers implements Closeable {
        private final List<ServerProcess> running = new ArrayList<>();

        Servers(List<ServerCommand> commands) throws IOException {
            try {
                for (ServerCommand command : commands) {
                    running.add(ServerProcess.start(command));
                }
            } catch (IOException | RuntimeException e) {
                close();
                throw e;
            }
        }

        List<ServerProcess> running() {
            return running;
        }

        @Override
        public void close() {
            running.forEach(ServerProcess::close);
        }
    }
}
