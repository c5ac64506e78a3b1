package udp.internal.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * An option of a command line.
 *
 * @param letter for {@code -p}, or 0 if it has none
 * @param name for {@code --port}, {@code -Dudp.port} and {@code UDP_PORT}
 * @param value what stands for its value in the help, or null if it takes none
 * @param help what it does, in one line
 */
public record Option(char letter, String name, String value, String help) {
    /**
     * One list after another, without a stream, since every start of a program needs it.
     *
     * @param first what goes before
     * @param second what goes behind
     * @return both
     */
    public static List<Option> concat(List<Option> first, List<Option> second) {
        List<Option> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    String usage() {
        return (letter == 0 ? "    " : "-" + letter + ", ") + "--" + name + (value == null ? "" : " " + value);
    }
}
