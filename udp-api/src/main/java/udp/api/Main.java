package udp.api;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import udp.api.spi.NamedProcessor;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;

/** Says what this jar is and lists the transports and processors that the class path offers. */
public final class Main {
    private static final Program PROGRAM = new Program("udp-api", """
            usage: java -jar udp-api.jar [OPTION]
               or: java -cp udp-api.jar:MORE.jar udp.api.Main
            Lists the transports and processors on the class path.
            """, List.of(), List.of());

    private Main() {}

    /**
     * Runs the program and ends the JVM with its exit status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(Shell.system(), arguments));
    }

    static int run(Shell shell, String... arguments) {
        return PROGRAM.run(shell, List.of(arguments), line -> {
            shell.out().print(UsageException.orRefuse(Main::list));
            return Program.DONE;
        });
    }

    private static String list() {
        StringBuilder list = new StringBuilder(
                "udp-api: the interfaces udp.api.Transport and udp.api.MessageProcessor, and what plugs into them\n");
        for (Role role : Role.values()) {
            append(
                    list,
                    role.name().toLowerCase(Locale.ROOT) + " transports",
                    Providers.transports(role).stream().map(TransportProvider::name));
        }
        append(list, "processors", Providers.processors().stream().map(NamedProcessor::name));
        return list.toString();
    }

    private static void append(StringBuilder list, String kind, Stream<String> names) {
        String all = names.collect(Collectors.joining(", "));
        list.append(kind)
                .append(": ")
                .append(all.isEmpty() ? "none on this class path" : all)
                .append('\n');
    }
}
