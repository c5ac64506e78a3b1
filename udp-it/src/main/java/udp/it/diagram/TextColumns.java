package udp.it.diagram;

import java.util.ArrayList;
import java.util.List;

/** The arithmetic of text in the columns of a terminal, where a Chinese character takes two columns. */
final class TextColumns {
    private TextColumns() {}

    static int width(String text) {
        return text.codePoints().map(TextColumns::width).sum();
    }

    /** Cuts a text to a width; an ellipsis replaces the rest. */
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

    /** Breaks a text at spaces into lines of a width, and a longer word anywhere. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (width(longer) > width && !line.isEmpty()) {
                lines.add(line);
                longer = word;
            }
            while (width(longer) > width) {
                String begin = begin(longer, width);
                lines.add(begin);
                longer = longer.substring(begin.length());
            }
            line = longer;
        }
        lines.add(line);
        return lines;
    }

    /** Returns as many characters as fit, at least one. */
    private static String begin(String text, int width) {
        int end = text.offsetByCodePoints(0, 1);
        while (width(text.substring(0, text.offsetByCodePoints(end, 1))) <= width) {
            end = text.offsetByCodePoints(end, 1);
        }
        return text.substring(0, end);
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
                        || c >= 0x20000 && c <= 0x3fffd); // an approximation of Unicode's property East Asian Width
        return wide ? 2 : 1;
    }
}
