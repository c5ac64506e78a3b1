package udp.it.csv;

import udp.internal.text.Printable;

/** The texts of cells in a table of comma-separated values (RFC 4180). */
public final class Csv {
    private Csv() {}

    /** Returns a cell in one line. An apostrophe goes before what a spreadsheet would compute as a formula. */
    public static String cell(String text) {
        String line = Printable.line(text);
        String inert = line.matches("[=+@-].*") && !line.matches("-[0-9.]+") ? "'" + line : line;
        return inert.matches("[\\w.-]*") ? inert : '"' + inert.replace("\"", "\"\"") + '"';
    }
}
