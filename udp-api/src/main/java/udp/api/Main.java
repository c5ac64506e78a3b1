package udp.api;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import udp.api.spi.NamedProcessor;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;

/** The program that lists the transports and processors on the class path. */
public final class Main {
    private static final String HELP = """
            usage: java -jar udp-api.jar [OPTION]
               or: java -cp udp-api.jar:MORE.jar udp.api.Main
            Lists the transports and processors on the class path.
              -h, --help     print this help and exit
                  --version  print the version and exit
            """;

    private Main() {}

    /**
     * Runs the program and ends the JVM with its exit status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        try {
            out.print(arguments.length == 0 ? list() : textFor(String.join(" ", arguments)));
        } catch (IllegalArgumentException e) {
            err.println("udp-api: " + e.getMessage().replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?")); // It is one line.
            return 2;
        }
        if (out.checkError()) { // The disk is full, or nobody reads.
            err.println("udp-api: standard output could not be written");
            return 1;
        }
        return 0;
    }

    private static String textFor(String arguments) {
        return switch (arguments) {
            case "-h", "--help" -> HELP;
            case "--version" -> "udp-api " + version() + ", Java " + System.getProperty("java.version") + "\n";
            default ->
                throw new IllegalArgumentException((arguments.startsWith("-")
                                ? "unknown option " + arguments
                                : "unexpected argument '" + arguments + "'")
                        + "; see --help");
        };
    }

    private static String list() {
        StringBuilder list = new StringBuilder(
                "udp-api: the interfaces udp.api.Transport and udp.api.MessageProcessor, and what plugs into them\n");
        for (Role role : Role.values()) {
            List<TransportProvider> transports = Providers.transports(role);
            String kind = role.name().toLowerCase(Locale.ROOT) + " transports";
            list.append(
                    line(kind, transports.stream().map(TransportProvider::name).toList()));
        }
        List<NamedProcessor> processors = Providers.processors();
        list.append(
                line("processors", processors.stream().map(NamedProcessor::name).toList()));
        return list.toString();
    }

    private static String line(String kind, List<String> names) {
        return kind + ": " + (names.isEmpty() ? "none on this class path" : String.join(", ", names)) + "\n";
    }

    private static String version() {
        Module module = Main.class.getModule();
        String version = module.isNamed()
                ? module.getDescriptor().rawVersion().orElse(null)
                : Main.class.getPackage().getImplementationVersion();
        return version == null ? "(version unknown)" : version;
    }
}
