package udp.it.diagram;

import java.util.ArrayList;
import java.util.List;

/** Text in columns of a terminal, where a Chinese character takes two. */
final class Columns {
    private Columns() {}

    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    /** As much as fits. */
    static String cut(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int left = width - 3;
        for (int c : text.codePoints().toArray()) {
            left -= width(c);
            if (left < 0) {
                break;
            }
            cut.appendCodePoint(c);
        }
        return cut.append("...").toString();
    }

    /** Lines that fit, broken at blanks; a word that does not fit is cut. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (width(longer) > width && !line.isEmpty()) {
                lines.add(line);
                longer = word;
            }
            line = cut(longer, width);
        }
        lines.add(line);
        return lines;
    }

    /** Filled up with blanks. */
    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(width - width(text), 0));
    }

    private static int width(int c) {
        if (Character.getType(c) == Character.NON_SPACING_MARK) {
            return 0;
        }
        boolean wide = c >= 0x1100
                && (c <= 0x115f
                        || c >= 0x2e80 && c <= 0xa4cf
                        || c >= 0xac00 && c <= 0xd7a3
                        || c >= 0xf900 && c <= 0xfaff
                        || c >= 0xfe30 && c <= 0xfe6f
                        || c >= 0xff00 && c <= 0xff60
                        || c >= 0xffe0 && c <= 0xffe6
                        || c >= 0x1f300 && c <= 0x1faff
                        || c >= 0x20000 && c <= 0x3fffd); // Unicode's East Asian Width, roughly
        return wide ? 2 : 1;
    }
}
