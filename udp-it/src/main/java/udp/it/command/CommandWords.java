package udp.it.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a command into words, as a shell without variables and patterns does. */
public final class CommandWords {
    private static final String WORD_BUT = "((?:[^\\s\"'END]++|\"[^\"]*\"|'[^']*')++)|(\\S)";
    private static final Pattern OF_ONE = Pattern.compile(WORD_BUT.replace("END", ""));
    private static final Pattern OF_SEVERAL = Pattern.compile(WORD_BUT.replace("END", ";"));
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

    private CommandWords() {}

    /**
     * Returns the words of one command, without quotation marks.
     *
     * @throws IllegalArgumentException with a message for the user if a quotation mark is not closed
     */
    public static List<String> of(String command) {
        return split(OF_ONE, command).get(0);
    }

    /**
     * Returns the words of each of several commands with semicolons between them; an empty command has none.
     *
     * @throws IllegalArgumentException with a message for the user if a quotation mark is not closed
     */
    public static List<List<String>> ofSeveral(String commands) {
        return split(OF_SEVERAL, commands);
    }

    private static List<List<String>> split(Pattern pattern, String text) {
        List<List<String>> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        commands.add(words);
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            if (matcher.group(1) != null) {
                words.add(unquoted(matcher.group(1)));
            } else if (matcher.group(2).equals(";")) {
                words = new ArrayList<>();
                commands.add(words);
            } else {
                throw new IllegalArgumentException("a quotation mark of the command is not closed");
            }
        }
        return commands;
    }

    private static String unquoted(String word) {
        return QUOTED.matcher(word)
                .replaceAll(quoted ->
                        Matcher.quoteReplacement(quoted.group(1) == null ? quoted.group(2) : quoted.group(1)));
    }
}
