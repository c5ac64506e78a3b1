package udp.it.kit.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import udp.contract.Subprocess;
import udp.it.command.CommandWords;

/**
 * A command with places for the host, the port and the file.
 *
 * @param command what runs
 * @param port the port that is built into the program, or 0 if the kit chooses it
 * @param input the standard input of the program at its start, with the same places
 * @param directory where it runs, or null for the current directory
 */
public record CommandTemplate(String command, int port, String input, Path directory) {
    /** Returns a command that has a place for its port and no other input. */
    public static CommandTemplate of(String command) {
        return new CommandTemplate(command, 0, "", null);
    }

    /** Requires that the program can get to know the port, and that it can be run. */
    public CommandTemplate requireRunnable() {
        if (port == 0 && !(command + input).contains("{port}")) {
            throw new IllegalArgumentException("the command does not say where the port goes: write {port} there,"
                    + " or give --port N if the port is built in, or --stdin '{port}' if the program asks for it");
        }
        String program = words(0).get(0);
        Stream<Path> places = isPath(program)
                ? Stream.of(Path.of(program))
                : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .flatMap(folder -> Stream.of(Path.of(folder, program), Path.of(folder, program + ".exe")));
        if (places.noneMatch(place -> Files.isExecutable(place) && !Files.isDirectory(place))) {
            throw new IllegalArgumentException("there is no program '" + program + "' to be run");
        }
        return this;
    }

    /** Requires places for the port and the file: the sender and the receiver need two ports. */
    public CommandTemplate requireFile() {
        if (port != 0) {
            throw new IllegalArgumentException(
                    "--port does not go with --sender: between a sender and a receiver there is a network, so each has"
                            + " its own {port}");
        }
        if (!requireRunnable().command.contains("{file}")) {
            throw new IllegalArgumentException("the command does not say where the file goes: {file}");
        }
        return this;
    }

    /** Returns this command with the place of the file filled in. */
    public CommandTemplate withFile(Path file) {
        return new CommandTemplate(command.replace("{file}", "'" + file + "'"), port, input, directory);
    }

    /** Starts the program, which gets the sentences after what it asks at its start, and then perhaps the end. */
    public Subprocess start(int usedPort, String sentences, boolean endsInput, Map<String, String> environment)
            throws IOException {
        byte[] all = (filledIn(input, usedPort) + sentences).getBytes(UTF_8);
        return Subprocess.start(words(usedPort), directory, all, endsInput, environment);
    }

    /** Returns the words of the command. A program that is given by a path is looked for in the directory. */
    private List<String> words(int usedPort) {
        List<String> words = CommandWords.of(command).stream()
                .map(word -> filledIn(word, usedPort))
                .toList();
        String program = words.get(0);
        return directory == null || !isPath(program)
                ? words
                : Stream.concat(
                                Stream.of(directory
                                        .toAbsolutePath()
                                        .resolve(program)
                                        .toString()),
                                words.stream().skip(1))
                        .toList();
    }

    private static boolean isPath(String program) {
        return program.contains("/") || program.contains(File.separator);
    }

    private static String filledIn(String text, int usedPort) {
        return text.replace("{host}", "127.0.0.1").replace("{port}", String.valueOf(usedPort));
    }
}
