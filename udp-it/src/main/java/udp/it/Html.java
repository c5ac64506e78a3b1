package udp.it;

import java.util.stream.Collectors;
import udp.internal.text.Printable;

/** Text within markup. */
public final class Html {
    private Html() {}

    /**
     * Text as it goes between tags or into an attribute's quotation marks.
     *
     * @param text any text, of which the ends of lines stay, but for the last
     * @return HTML that is XML too, where most control characters cannot be written at all
     */
    public static String escaped(String text) {
        return text.lines()
                .map(Printable::line)
                .collect(Collectors.joining("\n"))
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
