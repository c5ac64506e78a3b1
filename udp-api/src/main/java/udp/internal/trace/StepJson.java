package udp.internal.trace;

import java.time.Instant;
import java.util.HexFormat;
import udp.internal.text.Printable;

/** A step as a line of JSON (RFC 8259), as {@link Trace} documents it. */
final class StepJson {
    private StepJson() {}

    static String of(String program, Step step) {
        StringBuilder json = new StringBuilder("{\"time\":");
        Instant time = step.time();
        string(json, time.toString());
        json.append(",\"nanos\":").append(step.nanos());
        member(json, "program", program);
        member(json, "call", step.call().toString());
        member(json, "java", step.java());
        member(json, "local", step.local() == null ? null : Printable.address(step.local()));
        member(json, "peer", step.peer() == null ? null : Printable.address(step.peer()));
        if (step.data() != null) {
            json.append(",\"size\":").append(step.data().length);
            member(json, "data", HexFormat.of().formatHex(step.data()));
        }
        member(json, "note", step.note());
        member(json, "failure", step.failure());
        return json.append("}\n").toString();
    }

    private static void member(StringBuilder json, String name, String value) {
        if (value != null) {
            json.append(",\"").append(name).append("\":");
            string(json, value);
        }
    }

    /** With an escape for what must have one, and for what UTF-8 cannot carry. */
    static void string(StringBuilder json, String value) {
        json.append('"');
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ' || Character.getType(c) == Character.SURROGATE) {
                json.append(String.format("\\u%04x", c));
            } else {
                json.appendCodePoint(c);
            }
        });
        json.append('"');
    }
}
