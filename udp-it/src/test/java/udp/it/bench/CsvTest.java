package udp.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import udp.it.csv.Csv;

class CsvTest {
    @Test
    void aCellIsNoFormulaAndOneLine() {
        assertEquals("\"'=cmd|\"\"x\"\"\"", Csv.cell("=cmd|\"x\""));
        assertEquals("\"'+1\"", Csv.cell("+1"));
        assertEquals("\"'@a\"", Csv.cell("@a"));
        assertEquals("\"'-x\"", Csv.cell("-x"));
        assertEquals("\"'-\"", Csv.cell("-"));
        assertEquals("-1.5", Csv.cell("-1.5"));
        assertEquals("\"\\u0009=\\u000d\\u001b\"", Csv.cell("\t=\r\u001b"));
    }

    @Test
    void theNamesOfOthersDriveNoTerminal() {
        assertEquals("\\u001b[2J to \\u202e", new BenchResults.Pair("\u001b[2J", "\u202e").toString());
    }
}
