package udp.it.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import udp.it.command.CommandWords;

/**
 * The command that starts a server.
 *
 * @param name its name in the tables
 * @param words the program and its arguments; at least one contains {@code {port}}
 * @param ours whether it is a {@link MeasuredServer}, which reports its allocations
 */
record ServerCommand(String name, List<String> words, boolean ours) {
    private static final String PORT = "{port}";
    private static final Pattern NAMED = Pattern.compile("([\\w.-]+)=(.+)");

    /** Returns the command for a server transport of this class path, in a JVM like this one. */
    static ServerCommand ofTransport(String transport) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return new ServerCommand(
                transport, List.of(java, "-cp", classPath, MeasuredServer.class.getName(), transport, PORT), true);
    }

    /** Parses {@code [NAME=]COMMAND;...}; throws an exception with a message for the user. */
    static List<ServerCommand> parse(String text) {
        return CommandWords.ofSeveral(text).stream().map(ServerCommand::of).toList();
    }

    private static ServerCommand of(List<String> words) {
        if (words.stream().noneMatch(word -> word.contains(PORT))) {
            throw new IllegalArgumentException("a server's command must have {port} in it, for its port number");
        }
        Matcher named = NAMED.matcher(words.get(0));
        String program = named.matches() ? named.group(2) : words.get(0);
        String name = named.matches() ? named.group(1) : program.substring(program.lastIndexOf(File.separatorChar) + 1);
        List<String> all =
                Stream.concat(Stream.of(program), words.stream().skip(1)).toList();
        return new ServerCommand(name, all, false);
    }

    List<String> at(int port) {
        return words.stream()
                .map(word -> word.replace(PORT, String.valueOf(port)))
                .toList();
    }
}
