package udp.internal.trace;

import java.util.Locale;
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

    /** Returns a text in quotes. JSON demands some escapes, and UTF-8 cannot carry an unpaired surrogate. */
    private static String string(String value) {
        StringBuilder json = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ' || Character.getType(c) == Character.SURROGATE) {
                json.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                json.appendCodePoint(c);
            }
        });
        return json.append('"').toString();
    }
}
