package udp.internal.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import udp.internal.text.Printable;

/** The options and operands of a program: from an argument, else a system property, else an environment variable. */
public final class CommandLine {
    /** A value with the place that it comes from; the place of the highest rank counts. */
    private record Setting(String name, int rank, String source, String value) {}

    private static final int VARIABLE = 0;
    private static final int PROPERTY = 1;
    private static final int ARGUMENT = 2;

    private final Map<String, Setting> settings = new HashMap<>();

    private CommandLine() {}

    /**
     * Reads the arguments: {@code --name VALUE}, {@code --name=VALUE}, {@code -n VALUE}, {@code -nVALUE}, and
     * {@code --} before operands that begin with a dash. The last value of a repeated option counts. What is missing is
     * read from the property {@code udp.name} or the variable {@code UDP_NAME}, unless that is empty; there an option
     * without a value is {@code true} or {@code false}. Neither can ask for help or the version.
     */
    public static CommandLine parse(List<Option> options, List<String> operands, List<String> arguments, Shell shell) {
        CommandLine line = new CommandLine();
        for (String operand : operands) {
            line.readSurroundings(operand, shell);
        }
        for (Option option : options) {
            line.readSurroundings(option.name(), shell);
            if (option.value() == null) {
                line.removeUnlessTrue(option.name());
            }
        }
        line.readArguments(Option.concat(options, Option.STANDARD), operands.iterator(), arguments.iterator());
        return line;
    }

    /** Returns whether the option or operand was given. */
    public boolean has(String name) {
        return settings.containsKey(name);
    }

    /** Returns which of several options that exclude each other was given, by the nearest origin; null if none was. */
    public String oneOf(String... names) {
        Setting chosen = null;
        for (String name : names) {
            Setting other = settings.get(name);
            if (chosen != null && other != null && chosen.rank() == other.rank()) {
                throw new UsageException(chosen.source() + " and " + other.source() + " exclude each other");
            }
            chosen = chosen == null || other != null && other.rank() > chosen.rank() ? other : chosen;
        }
        return chosen == null ? null : chosen.name();
    }

    /** Returns a value, read by a parser that refuses it with an {@link IllegalArgumentException}, or the fallback. */
    public <T> T get(String name, T fallback, Function<String, T> parser) {
        try {
            return has(Objects.requireNonNull(name)) ? parser.apply(value(name)) : fallback;
        } catch (IllegalArgumentException e) {
            throw refusal(name, e);
        }
    }

    /** Returns a value that was given, as it is. */
    public String value(String name) {
        return settings.get(name).value();
    }

    /** Returns the refusal of a value that was given: its place, and what a parser has said. */
    public UsageException refusal(String name, IllegalArgumentException reason) {
        return new UsageException(settings.get(name).source() + ": " + Printable.failure(reason));
    }

    // A parser is a lambda, and the JVM takes 0.4 to 2 ms to make it. So these make it only for a value that was given.
    // A port has none, because the usual command line gives one.

    /** Returns a name that is not blank, or the fallback. */
    public String name(String name, String fallback) {
        return has(name) ? get(name, fallback, Values::name) : fallback;
    }

    /** Returns a port number from {@code min} on, or the fallback. */
    public int port(String name, int min, int fallback) {
        try {
            return has(name) ? Values.port(value(name), min) : fallback;
        } catch (IllegalArgumentException e) {
            throw refusal(name, e);
        }
    }

    /** Returns a whole number of a kind that the message names, or the fallback. */
    public int number(String name, String kind, int min, int max, int fallback) {
        return has(name) ? get(name, fallback, text -> Values.number(text, kind, min, max)) : fallback;
    }

    /** Returns a duration, or the fallback. */
    public Duration duration(String name, Duration fallback) {
        return has(name) ? get(name, fallback, Values::duration) : fallback;
    }

    private void readSurroundings(String name, Shell shell) {
        String variableName = "UDP_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
        String variable = shell.variable(variableName);
        // For a service called udp, Kubernetes sets UDP_PORT=udp://10.96.0.10:50007, which is not meant for a program.
        if (variable != null && !(name.endsWith("port") && variable.contains("://"))) {
            readUnlessEmpty(name, VARIABLE, variableName, variable);
        }
        readUnlessEmpty(name, PROPERTY, "-Dudp." + name, shell.property("udp." + name));
    }

    private void readUnlessEmpty(String name, int rank, String source, String value) {
        if (value != null && !value.isEmpty()) {
            settings.put(name, new Setting(name, rank, source, value));
        }
    }

    private void removeUnlessTrue(String name) {
        Setting setting = settings.get(name);
        if (setting != null && setting.value().equals("false")) {
            settings.remove(name);
        } else if (setting != null && !setting.value().equals("true")) {
            throw new UsageException(setting.source() + ": '" + setting.value() + "' is neither true nor false");
        }
    }

    private void readArguments(List<Option> options, Iterator<String> operands, Iterator<String> arguments) {
        boolean onlyOperands = false;
        while (arguments.hasNext()) {
            String argument = arguments.next();
            if (!onlyOperands && argument.equals("--")) {
                onlyOperands = true;
            } else if (!onlyOperands && argument.startsWith("-") && !argument.equals("-")) {
                readOption(options, argument, arguments);
            } else {
                String name = next(operands, "unexpected argument '" + argument + "'; see --help");
                settings.put(name, new Setting(name, ARGUMENT, name, argument));
            }
        }
    }

    private void readOption(List<Option> options, String argument, Iterator<String> rest) {
        boolean isLong = argument.startsWith("--");
        String flag = isLong ? argument.split("=", 2)[0] : argument.substring(0, 2);
        String value = flag.equals(argument) ? null : argument.substring(flag.length() + (isLong ? 1 : 0));
        for (Option option : options) {
            if (option.isCalled(flag)) {
                if (option.value() == null && value != null) {
                    throw new UsageException(flag + " takes no value");
                }
                if (option.value() == null) {
                    value = "true";
                } else if (value == null) {
                    value = next(rest, flag + " needs a value: " + option.value());
                }
                settings.put(option.name(), new Setting(option.name(), ARGUMENT, flag, value));
                return;
            }
        }
        throw new UsageException("unknown option " + (isLong ? flag : argument) + "; see --help");
    }

    private static String next(Iterator<String> rest, String message) {
        if (!rest.hasNext()) {
            throw new UsageException(message);
        }
        return rest.next();
    }
}
