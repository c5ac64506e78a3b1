package udp.it.diagram;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what a trace has in a line: a JSON object whose values are strings and whole numbers. */
final class JsonLine {
    private final String line;
    private int next;

    private JsonLine(String line) {
        this.line = line;
    }

    /** The values as text, or IllegalArgumentException. */
    static Map<String, String> parse(String line) {
        return new JsonLine(line).object();
    }

    private Map<String, String> object() {
        Map<String, String> members = new LinkedHashMap<>();
        expect('{');
        if (!accept('}')) {
            do {
                String name = string();
                expect(':');
                members.put(name, peek() == '"' ? string() : number());
            } while (accept(','));
            expect('}');
        }
        if (peek() != 0) {
            throw wrong();
        }
        return members;
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        for (char c = take(); c != '"'; c = take()) {
            if (c < ' ') {
                throw wrong();
            }
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() {
        char c = take();
        switch (c) {
            case '"', '\\', '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                String hex = line.substring(next, Math.min(next + 4, line.length()));
                if (!hex.matches("[0-9a-fA-F]{4}")) {
                    throw wrong();
                }
                next += 4;
                return (char) Integer.parseInt(hex, 16);
            default:
                throw wrong();
        }
    }

    private String number() {
        int start = next;
        accept('-');
        while (Character.digit(peek(), 10) >= 0) {
            next++;
        }
        String number = line.substring(start, next).strip();
        if (!number.matches("-?(0|[1-9][0-9]{0,17})")) {
            throw wrong();
        }
        return number;
    }

    /** The next character that is no blank, or 0 at the end. */
    private char peek() {
        while (next < line.length() && " \t".indexOf(line.charAt(next)) >= 0) {
            next++;
        }
        return next < line.length() ? line.charAt(next) : 0;
    }

    private char take() {
        if (next == line.length()) {
            throw wrong();
        }
        return line.charAt(next++);
    }

    private boolean accept(char c) {
        boolean there = peek() == c;
        next += there ? 1 : 0;
        return there;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw wrong();
        }
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("not a line of a trace, at character " + (next + 1));
    }
}
