package udp.it.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import udp.api.MessageProcessor;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.contract.Rule;
import udp.internal.cli.CommandLine;
import udp.internal.cli.Option;
import udp.internal.cli.UsageException;
import udp.internal.cli.Values;
import udp.it.kit.contract.CheckedConnectedTransport;
import udp.it.kit.contract.CheckedProcessor;
import udp.it.kit.contract.CheckedTransport;
import udp.it.kit.contract.ClientContract;
import udp.it.kit.contract.FileTransferContract;
import udp.it.kit.contract.PingerContract;
import udp.it.kit.contract.ServerContract;
import udp.it.kit.fates.ClassOnNetwork;
import udp.it.kit.run.ContractRun;
import udp.it.kit.support.CommandTemplate;
import udp.it.kit.support.Preflight;

/**
 * What can be checked: the option that names it, the pattern of its rules' names, and the contracts that it must keep. A
 * new subject is a constant here and a contract.
 */
enum Subject {
    TRANSPORT(new Option('\0', "transport", "NAME", "a transport of the class path"), "T", Subject::namedTransport),
    TRANSPORT_CLASS(
            new Option('\0', "transport-class", "CLASS", "a transport provider, which no file need name"),
            "T",
            (name, line) -> {
                TransportProvider provider = Providers.transportOfClass(name);
                Preflight.requireOpens(provider);
                return transport(provider, "");
            }),
    PROCESSOR(
            new Option('\0', "processor", "NAME", "a processor of the class path, or its class"), "P", (name, line) -> {
                Providers.processor(name);
                return processor(() -> Providers.processor(name), expected(line, null));
            }),
    SERVER(
            new Option('\0', "server", "COMMAND", "a program, as \"python3 server.py {port}\""),
            "S",
            (command, line) -> {
                CommandTemplate program = program(command, line).requireRunnable();
                Preflight.requireServes(program);
                return server(program, expected(line, "upper"));
            }),
    CLIENT(new Option('\0', "client", "COMMAND", "a program, as \"./client {host} {port}\""), "C", (command, line) -> {
        double loss = line.get("loss", 0.0, Subject::loss);
        CommandTemplate program = program(command, line).requireRunnable();
        Preflight.requireSends(program);
        return client(program, loss);
    }),
    CLIENT_CLASS(
            new Option('\0', "client-class", "CLASS", "a client over Transport, on networks without sockets"),
            "C1[1-57]",
            (name, line) -> run(ClassOnNetwork.class, new ClassOnNetwork(name))),
    PINGER(new Option('\0', "pinger", "COMMAND", "a program, as \"./pinger {host} {port}\""), "A2", (command, line) -> {
        CommandTemplate program = program(command, line).requireRunnable();
        Preflight.requireSends(program);
        return pinger(program);
    }),
    FILE_TRANSFER(
            new Option('\0', "sender", "COMMAND", "a program, as \"./send {host} {port} {file}\""),
            "A5",
            (sender, line) -> {
                String receiver = line.get("receiver", null, Values::name);
                if (receiver == null) {
                    throw new UsageException("a sender is checked with its receiver: give --receiver");
                }
                CommandTemplate sending = program(sender, line).requireFile();
                CommandTemplate receiving = program(receiver, line).requireFile();
                Preflight.requireSendsFile(sending);
                return fileTransfer(sending, receiving);
            });

    private final Option option;
    private final String pattern;
    private final BiFunction<String, CommandLine, List<ContractRun>> runs;

    Subject(Option option, String pattern, BiFunction<String, CommandLine, List<ContractRun>> runs) {
        this.option = option;
        this.pattern = pattern;
        this.runs = runs;
    }

    /** Returns the options that name what is checked. */
    static Stream<Option> options() {
        return Stream.of(values()).map(Subject::option);
    }

    /** Returns the subject that a command line names. */
    static Subject of(CommandLine line) {
        String[] names = options().map(Option::name).toArray(String[]::new);
        String named = line.oneOf(names);
        return Stream.of(values())
                .filter(each -> each.option.name().equals(named))
                .findFirst()
                .orElseThrow(() -> new UsageException("nothing to check: give --"
                        + String.join(", --", names).replaceFirst(", (--[^,]*)$", " or $1") + "; see --help"));
    }

    /** Returns the option, whose argument is what is checked. */
    Option option() {
        return option;
    }

    /** Returns the rules for this subject. */
    List<Rule> rules() {
        return Stream.of(Rule.values())
                .filter(rule -> rule.name().matches(pattern + ".*"))
                .toList();
    }

    /** Returns whether a class is checked, not a program. */
    boolean isClass() {
        return this == TRANSPORT || this == TRANSPORT_CLASS || this == PROCESSOR || this == CLIENT_CLASS;
    }

    /** Requires that what is checked starts, and returns the contracts for it. */
    List<ContractRun> prepare(String value, CommandLine line) {
        return runs.apply(value, line);
    }

    /** Returns the runs for a transport: that of a client is connected or, to send an empty message, is not. */
    static List<ContractRun> transport(TransportProvider provider, String circumstances) {
        if (provider.role() == Role.SERVER) {
            return List.of(new ContractRun(CheckedTransport.class, provider, circumstances));
        }
        return List.of(
                new ContractRun(CheckedConnectedTransport.class, provider, (circumstances + " connected").strip()),
                new ContractRun(CheckedTransport.class, provider, (circumstances + " not connected").strip()));
    }

    static List<ContractRun> processor(Supplier<MessageProcessor> processors, MessageProcessor expected) {
        return run(CheckedProcessor.class, new CheckedProcessor.Input(processors, expected));
    }

    static List<ContractRun> server(CommandTemplate command, MessageProcessor expected) {
        return run(ServerContract.OfCommand.class, new ServerContract.Input(command, expected));
    }

    static List<ContractRun> client(CommandTemplate command, double loss) {
        return run(ClientContract.OfCommand.class, new ClientContract.Input(command, loss));
    }

    static List<ContractRun> pinger(CommandTemplate command) {
        return run(PingerContract.OfCommand.class, command);
    }

    static List<ContractRun> fileTransfer(CommandTemplate sender, CommandTemplate receiver) {
        return run(FileTransferContract.OfCommands.class, new FileTransferContract.Input(sender, receiver));
    }

    private static List<ContractRun> run(Class<?> contract, Object input) {
        return List.of(new ContractRun(contract, input, ""));
    }

    private static List<ContractRun> namedTransport(String name, CommandLine line) {
        Role only = line.get("role", null, Subject::role);
        List<TransportProvider> named = Stream.of(Role.values())
                .filter(role -> only == null || role == only)
                .flatMap(role -> Providers.transports(role).stream()
                        .filter(provider -> name.equals(provider.name()))
                        .limit(1))
                .toList();
        if (named.isEmpty()) {
            Providers.transport(only == null ? Role.SERVER : only, name); // throws an exception with the known names
        }
        named.forEach(Preflight::requireOpens);
        return named.stream()
                .flatMap(provider -> transport(provider, named.size() > 1 ? inWords(provider.role()) : "").stream())
                .toList();
    }

    /** Returns the options that say how a program is run. */
    static Stream<Option> programOptions() {
        return Stream.of(
                new Option('\0', "port", "N", "the port that is built into the program"),
                new Option('\0', "stdin", "TEXT", "what it asks at its start, as \"{host}\\n{port}\""),
                new Option('\0', "directory", "DIR", "where it runs (default: here)"));
    }

    private static CommandTemplate program(String command, CommandLine line) {
        return new CommandTemplate(
                command,
                line.port("port", 1, 0),
                line.get("stdin", "", Subject::lines),
                line.get("directory", null, Subject::directory));
    }

    /** Returns text as lines: \n ends one, and the last has its end. */
    private static String lines(String text) {
        String lines = text.replace("\\n", "\n");
        return lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n";
    }

    private static Path directory(String text) {
        Path directory = Path.of(text);
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("'" + text + "' is no directory");
        }
        return directory;
    }

    private static MessageProcessor expected(CommandLine line, String fallback) {
        String name = line.get("expect", fallback, Values::name);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Subject.class.getClassLoader()); // What is checked may use the same name.
        try {
            return name == null ? null : Providers.processor(name);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static double loss(String text) {
        if (text.matches("0?\\.[0-9]{1,9}") && Double.parseDouble(text) > 0) {
            return Double.parseDouble(text);
        }
        throw new IllegalArgumentException("'" + text + "' is not more than 0 and less than 1");
    }

    private static Role role(String text) {
        return Stream.of(Role.values())
                .filter(role -> inWords(role).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is neither server nor client"));
    }

    private static String inWords(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
