package udp.internal.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * An option: its letter, or 0 if it has none; its name; the word for its value, or null if it takes none; its help, or
 * null if the help of another option names it.
 */
public record Option(char letter, String name, String value, String help) {
    static final List<Option> STANDARD = List.of(
            new Option('h', "help", null, "print this help and exit"),
            new Option('\0', "version", null, "print the version and exit"));

    /** Returns the options of both lists, in their order. */
    public static List<Option> concat(List<Option> first, List<Option> second) {
        List<Option> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    boolean isCalled(String flag) {
        return flag.equals("--" + name) || letter != 0 && flag.equals("-" + letter);
    }

    String usage() {
        return (letter == 0 ? "    " : "-" + letter + ", ") + "--" + name + (value == null ? "" : " " + value);
    }
}
