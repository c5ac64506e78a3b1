package udp.it.bench;

import udp.api.cli.Printable;

/** Text within markup. */
final class Html {
    private Html() {}

    static String escaped(String text) {
        return Printable.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
