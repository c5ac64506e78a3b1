package udp.it.kit.support;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import udp.it.command.CommandWords;

/** A command with places for the host, the port and the file. */
public final class CommandTemplate {
    private CommandTemplate() {}

    /** Returns the words of a command with the host and the port put in. */
    public static List<String> words(String command, int port) {
        return CommandWords.of(command).stream()
                .map(word -> word.replace("{host}", "127.0.0.1").replace("{port}", String.valueOf(port)))
                .toList();
    }

    /** Requires a place for the port and a program that can be run. */
    public static String requireRunnable(String command) {
        if (!command.contains("{port}")) {
            throw new IllegalArgumentException("the command does not say where the port goes: {port}");
        }
        String program = words(command, 0).get(0);
        Stream<Path> places = program.contains("/") || program.contains(File.separator)
                ? Stream.of(Path.of(program))
                : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .flatMap(folder -> Stream.of(Path.of(folder, program), Path.of(folder, program + ".exe")));
        if (places.noneMatch(place -> Files.isExecutable(place) && !Files.isDirectory(place))) {
            throw new IllegalArgumentException("there is no program '" + program + "' to be run");
        }
        return command;
    }

    /** Requires a place for the file too. */
    public static String requireFile(String command) {
        if (!requireRunnable(command).contains("{file}")) {
            throw new IllegalArgumentException("the command does not say where the file goes: {file}");
        }
        return command;
    }
}
