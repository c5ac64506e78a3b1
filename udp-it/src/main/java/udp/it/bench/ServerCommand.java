package udp.it.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How to start a server as a process.
 *
 * @param name what the tables call it
 * @param words the program and its arguments, one of them with {@code {port}} in it
 * @param ours whether it is a {@link MeasuredServer}, which can be asked
 */
record ServerCommand(String name, List<String> words, boolean ours) {
    private static final String PORT = "{port}";
    private static final Pattern NAME = Pattern.compile("\\s*([\\w.-]+)=(?=\\S)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(;)|([^\\s;\"']+)|(\\S)");

    /** One of the server transports on this class path, in a JVM like this one. */
    static ServerCommand ofTransport(String transport) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return new ServerCommand(
                transport, List.of(java, "-cp", classPath, MeasuredServer.class.getName(), transport, PORT), true);
    }

    /**
     * Reads {@code [NAME=]COMMAND} of a command line; several are separated by semicolons.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    static List<ServerCommand> parse(String text) {
        List<ServerCommand> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        Matcher matcher = NAME.matcher(text);
        int next = 0;
        String name = null;
        while (true) {
            if (words.isEmpty()
                    && name == null
                    && matcher.usePattern(NAME).region(next, text.length()).lookingAt()) {
                name = matcher.group(1);
                next = matcher.end();
            }
            boolean more = matcher.usePattern(WORD).find(next);
            if (!more || matcher.group(3) != null) {
                commands.add(of(name, words));
                words = new ArrayList<>();
                name = null;
            } else if (matcher.group(5) != null) {
                throw new IllegalArgumentException("a quotation mark is not closed");
            } else {
                words.add(firstOf(matcher.group(1), matcher.group(2), matcher.group(4)));
            }
            if (!more) {
                return List.copyOf(commands);
            }
            next = matcher.end();
        }
    }

    private static String firstOf(String... groups) {
        for (String group : groups) {
            if (group != null) {
                return group;
            }
        }
        throw new AssertionError("one of the groups has matched");
    }

    private static ServerCommand of(String name, List<String> words) {
        if (words.stream().noneMatch(word -> word.contains(PORT))) {
            throw new IllegalArgumentException("a server's command must have {port} in it, for its port number");
        }
        String program = words.get(0).substring(words.get(0).lastIndexOf(File.separatorChar) + 1);
        return new ServerCommand(name == null ? program : name, List.copyOf(words), false);
    }

    List<String> at(int port) {
        return words.stream()
                .map(word -> word.replace(PORT, String.valueOf(port)))
                .toList();
    }
}
