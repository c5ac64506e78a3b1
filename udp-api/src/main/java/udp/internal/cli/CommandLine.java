package udp.internal.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import udp.internal.text.Printable;

/** What a program was told: by a flag, else a system property, else an environment variable. Immutable. */
public final class CommandLine {
    private enum Level {
        VARIABLE,
        PROPERTY,
        ARGUMENT
    }

    private record Setting(Level level, String source, String value) {}

    private final Map<String, Setting> settings;

    private CommandLine(Map<String, Setting> settings) {
        this.settings = settings;
    }

    /**
     * Reads the arguments: {@code --name VALUE}, {@code --name=VALUE}, {@code -n VALUE}, {@code -nVALUE}, and
     * {@code --} before operands that begin with a dash. Of a repeated option the last value counts. What was not
     * given may be in {@code -Dudp.name} or {@code UDP_NAME}: {@code true} or {@code false} for an option without a
     * value. An empty one counts as unset.
     *
     * @param options the options that there are
     * @param operands the names of the operands, in their order; each may be left out
     * @param arguments the arguments
     * @param property gives the value of a system property, or null
     * @param variable gives the value of an environment variable, or null
     * @return the values
     * @throws UsageException if an argument fits nothing
     */
    public static CommandLine parse(
            List<Option> options,
            List<String> operands,
            List<String> arguments,
            UnaryOperator<String> property,
            UnaryOperator<String> variable) {
        Map<String, Setting> settings = new HashMap<>();
        for (String name : operands) {
            takeSurroundings(name, property, variable, settings);
        }
        for (Option option : options) {
            if (option == Program.HELP || option == Program.VERSION) {
                continue; // UDP_VERSION may well be set for something else
            }
            takeSurroundings(option.name(), property, variable, settings);
            Setting setting = settings.get(option.name());
            if (setting != null && option.value() == null && !isTrue(setting)) {
                settings.remove(option.name());
            }
        }
        new Parser(options, operands, arguments, settings).run();
        return new CommandLine(Map.copyOf(settings));
    }

    private static void takeSurroundings(
            String name,
            UnaryOperator<String> property,
            UnaryOperator<String> variable,
            Map<String, Setting> settings) {
        String variableName = "UDP_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
        String given = variable.apply(variableName);
        if (given != null && !given.isEmpty()) {
            settings.put(name, new Setting(Level.VARIABLE, variableName, given));
        }
        String propertyName = "udp." + name;
        given = property.apply(propertyName);
        if (given != null && !given.isEmpty()) {
            settings.put(name, new Setting(Level.PROPERTY, "-D" + propertyName, given));
        }
    }

    private static boolean isTrue(Setting setting) {
        if (!setting.value().equals("true") && !setting.value().equals("false")) {
            throw new UsageException(setting.source() + ": '" + setting.value() + "' is neither true nor false");
        }
        return setting.value().equals("true");
    }

    /**
     * Whether the option or operand was given.
     *
     * @param name its name
     * @return true if there is a value, or if an option without one was given
     */
    public boolean has(String name) {
        return settings.containsKey(name);
    }

    /**
     * Which of several options without a value was given; one in the arguments beats one in a system property, and that
     * one in an environment variable.
     *
     * @param names the names of options that exclude each other
     * @return the name, or null if none was given
     * @throws UsageException if two were given in the same place
     */
    public String oneOf(String... names) {
        String chosen = null;
        for (String name : names) {
            if (has(name)) {
                int order = chosen == null
                        ? 1
                        : settings.get(name)
                                .level()
                                .compareTo(settings.get(chosen).level());
                if (order == 0) {
                    throw new UsageException(settings.get(chosen).source() + " and "
                            + settings.get(name).source() + " exclude each other");
                }
                chosen = order > 0 ? name : chosen;
            }
        }
        return chosen;
    }

    /**
     * The value of an option or operand.
     *
     * @param <T> the type of the value
     * @param name its name
     * @param fallback the value if none was given, perhaps null
     * @param parser makes a value of the text, or throws {@link IllegalArgumentException} with a message
     * @return the value
     * @throws UsageException if the parser refuses the text; the message says where it came from
     */
    public <T> T get(String name, T fallback, Function<String, T> parser) {
        Setting setting = settings.get(Objects.requireNonNull(name));
        if (setting == null) {
            return fallback;
        }
        try {
            return parser.apply(setting.value());
        } catch (IllegalArgumentException e) {
            throw new UsageException(setting.source() + ": " + Printable.failure(e));
        }
    }

    /** One pass over the arguments. */
    private static final class Parser {
        private final List<Option> options;
        private final List<String> operands;
        private final List<String> arguments;
        private final Map<String, Setting> settings;
        private int next;
        private int operand;

        Parser(List<Option> options, List<String> operands, List<String> arguments, Map<String, Setting> settings) {
            this.options = options;
            this.operands = operands;
            this.arguments = arguments;
            this.settings = settings;
        }

        void run() {
            boolean onlyOperands = false;
            while (next < arguments.size()) {
                String argument = arguments.get(next++);
                if (onlyOperands || argument.equals("-") || !argument.startsWith("-")) {
                    takeOperand(argument);
                } else if (argument.equals("--")) {
                    onlyOperands = true;
                } else if (argument.startsWith("--")) {
                    takeLong(argument);
                } else {
                    takeShort(argument);
                }
            }
        }

        private void takeOperand(String argument) {
            if (operand == operands.size()) {
                throw new UsageException("unexpected argument '" + argument + "'; see --help");
            }
            String name = operands.get(operand++);
            settings.put(name, new Setting(Level.ARGUMENT, name, argument));
        }

        private void takeLong(String argument) {
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            for (Option option : options) {
                if (option.name().equals(name)) {
                    take(option, "--" + name, equals < 0 ? null : argument.substring(equals + 1));
                    return;
                }
            }
            throw new UsageException("unknown option --" + name + "; see --help");
        }

        private void takeShort(String argument) {
            for (Option option : options) {
                if (option.letter() != 0 && option.letter() == argument.charAt(1)) {
                    take(option, argument.substring(0, 2), argument.length() == 2 ? null : argument.substring(2));
                    return;
                }
            }
            throw new UsageException("unknown option " + argument + "; see --help");
        }

        private void take(Option option, String source, String attached) {
            if (option.value() == null) {
                if (attached != null) {
                    throw new UsageException(source + " takes no value");
                }
                settings.put(option.name(), new Setting(Level.ARGUMENT, source, "true"));
            } else if (attached == null && next == arguments.size()) {
                throw new UsageException(source + " needs a value: " + option.value());
            } else {
                settings.put(
                        option.name(),
                        new Setting(Level.ARGUMENT, source, attached == null ? arguments.get(next++) : attached));
            }
        }
    }
}
