package udp.api.cli;

/**
 * An option of a command line.
 *
 * @param letter for {@code -p}, or 0 if it has none
 * @param name for {@code --port}, {@code -Dudp.port} and {@code UDP_PORT}
 * @param value what stands for its value in the help, or null if it takes none
 * @param help what it does, in one line
 */
public record Option(char letter, String name, String value, String help) {
    String usage() {
        return (letter == 0 ? "    " : "-" + letter + ", ") + "--" + name + (value == null ? "" : " " + value);
    }
}
