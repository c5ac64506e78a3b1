package udp.it.diagram;

import java.util.Arrays;

/** A row of a terminal: cells that texts are laid into, where a Chinese character takes two. */
final class TextRow {
    private final String[] cells;
    private int inkFrom;
    private int inkTo;

    TextRow(int width) {
        cells = new String[width];
        Arrays.fill(cells, " ");
    }

    /** Lays a text over the cells from a column on. What is outside of the row is left out. */
    TextRow put(int column, String text) {
        int at = column;
        for (int c : text.codePoints().toArray()) {
            String character = Character.toString(c);
            int width = TextColumns.width(character);
            if (width == 0 && at > 0 && at <= cells.length) {
                cells[at - 1] += character;
            } else if (at >= 0 && at + width <= cells.length) {
                cells[at] = character;
                Arrays.fill(cells, at + 1, at + width, ""); // The second half of a wide character.
            }
            at += width;
        }
        return this;
    }

    /** Notes the columns that get a colour. */
    TextRow ink(int from, int to) {
        inkFrom = from;
        inkTo = to;
        return this;
    }

    /** Returns the row without spaces at its end, coloured between two escape sequences unless the first is empty. */
    String toString(String begin, String end) {
        StringBuilder row = new StringBuilder();
        int last = cells.length;
        while (last > 0 && cells[last - 1].equals(" ")) {
            last--;
        }
        for (int i = 0; i < last; i++) {
            boolean isInked = !begin.isEmpty() && inkFrom < inkTo;
            row.append(isInked && i == inkFrom ? begin : "").append(cells[i]);
            row.append(isInked && i == Math.min(inkTo, last) - 1 ? end : "");
        }
        return row.toString();
    }
}
