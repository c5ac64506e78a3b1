package udp.internal.trace;

import java.util.Set;

/** The writer of a step as a line of JSON (RFC 8259). */
final class StepJson {
    private static final Set<String> NUMBERS = Set.of("nanos", "size");

    private StepJson() {}

    static String of(Step step) {
        StringBuilder json = new StringBuilder();
        step.toMembers().forEach((name, value) -> {
            json.append(json.isEmpty() ? "{\"" : ",\"").append(name).append("\":");
            json.append(NUMBERS.contains(name) ? value : string(value));
        });
        return json.append("}\n").toString();
    }

    /** Returns a text in quotes: a step has no character that JSON demands to be escaped but these two. */
    private static String string(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
