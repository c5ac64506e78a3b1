package udp.internal.trace;

import java.util.HexFormat;
import java.util.Locale;

/** Bytes in the classic form: offset, hexadecimal, ASCII; sixteen in a line. */
public final class HexDump {
    private static final int BYTES_PER_LINE = 16;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private HexDump() {}

    /** Returns a line for each sixteen bytes, indented, with the line ends of the system; nothing for no bytes. */
    public static String of(byte[] data, String indent) {
        StringBuilder dump = new StringBuilder();
        for (int from = 0; from < data.length; from += BYTES_PER_LINE) {
            int to = Math.min(from + BYTES_PER_LINE, data.length);
            int half = Math.min(from + BYTES_PER_LINE / 2, to);
            String hex = HEX.formatHex(data, from, half) + "  " + HEX.formatHex(data, half, to);
            String line = String.format(Locale.ROOT, "%08x  %-48s  |%s|%n", from, hex, ascii(data, from, to));
            dump.append(indent).append(line);
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
