package udp.internal.trace;

import java.util.HexFormat;
import java.util.Locale;

/** Bytes in the classic form: offset, hexadecimal, ASCII; sixteen in a line. */
public final class HexDump {
    private static final int IN_A_LINE = 16;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private HexDump() {}

    /**
     * A line for each sixteen bytes; none for no bytes.
     *
     * @param data the bytes
     * @param indent what each line begins with
     * @return lines that end as those of the system do
     */
    public static String of(byte[] data, String indent) {
        StringBuilder dump = new StringBuilder();
        for (int from = 0; from < data.length; from += IN_A_LINE) {
            int to = Math.min(from + IN_A_LINE, data.length);
            int half = Math.min(from + IN_A_LINE / 2, to);
            String hex = HEX.formatHex(data, from, half) + "  " + HEX.formatHex(data, half, to);
            dump.append(indent)
                    .append(String.format(Locale.ROOT, "%08x  %-48s  |%s|%n", from, hex, ascii(data, from, to)));
        }
        return dump.toString();
    }

    private static String ascii(byte[] data, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(data[i] >= ' ' && data[i] <= '~' ? (char) data[i] : '.');
        }
        return text.toString();
    }
}
