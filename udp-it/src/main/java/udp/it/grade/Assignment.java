package udp.it.grade;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import udp.contract.Rule;
import udp.internal.cli.UsageException;

/** A part of an assignment: its rules, the names of its classes or programs, and how they are checked. */
enum Assignment {
    PROCESSOR("1-processor", "P", List.of(List.of("Backwards"))),
    PINGER("2-pinger", "A2", List.of(List.of("Pinger", "Ping", "Client"))),
    CLIENT("3-client", "C", List.of(List.of("Ask", "Client"))),
    SOCKET("4-socket", "T", List.of(List.of("MySocket"))),
    CHANNEL("4-channel", "T", List.of(List.of("MyChannel"))),
    FILE_TRANSFER("5-file-transfer", "A5", List.of(List.of("Send", "Sender"), List.of("Receive", "Receiver")));

    /** The rules for a client's transport, which no part asks for. */
    private static final String ONLY_CONNECTED = "T1_6.*|T2_4";

    private final String folder;
    private final String letter;
    private final List<List<String>> roles;

    Assignment(String folder, String letter, List<List<String>> roles) {
        this.folder = folder;
        this.letter = letter;
        this.roles = roles;
    }

    /** Returns the parts of the assignment with a number, or with the name of its folder or of a part. */
    static List<Assignment> parts(String name) {
        String wanted = name.replaceAll("/+$", "").replaceAll(".*/", "").replace("4-transport", "4");
        List<Assignment> parts = Stream.of(values())
                .filter(part -> part.folder.equals(wanted) || part.folder.startsWith(wanted + "-"))
                .toList();
        if (wanted.isEmpty() || parts.isEmpty()) {
            throw new UsageException("no such assignment: '" + name + "'; there are 1 to 5, 4-socket and 4-channel");
        }
        return parts;
    }

    String folder() {
        return folder;
    }

    /** Returns, for each class or program, its names, the best first. */
    List<List<String>> roles() {
        return roles;
    }

    boolean isClass() {
        return letter.equals("P") || letter.equals("T");
    }

    /** Returns the rules that count. */
    List<Rule> rules() {
        return Stream.of(Rule.values())
                .filter(rule -> rule.name().startsWith(letter) && rule.untestable() == null)
                .filter(rule -> !rule.name().matches(ONLY_CONNECTED))
                .toList();
    }

    /** Returns the arguments of a program. */
    String operands(int role) {
        return this != FILE_TRANSFER ? " {host} {port}" : role == 0 ? " {host} {port} {file}" : " {port} {file}";
    }

    /** Returns the arguments of a check of the classes or the commands. */
    List<String> check(Path classes, List<String> found) {
        String first = found.get(0);
        return switch (this) {
            case PROCESSOR -> List.of("--class-path=" + classes, "--processor=" + first, "--expect=reverse");
            case PINGER -> List.of("--pinger=" + first);
            case CLIENT -> List.of("--client=" + first, "--loss=0.5");
            case SOCKET, CHANNEL -> List.of("--class-path=" + classes, "--transport-class=" + first);
            case FILE_TRANSFER -> List.of("--sender=" + first, "--receiver=" + found.get(1));
        };
    }

    @Override
    public String toString() {
        return folder;
    }
}
