package udp.it.bench;

import java.util.Locale;

/** What is asked for: datagrams of so many bytes, so many of them outstanding for each of so many clients. */
record Scenario(int size, int window, int clients) {
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d bytes, %s", size, load());
    }

    /** All but the size. */
    String load() {
        return String.format(Locale.ROOT, "%d outstanding, %,d client%s", window, clients, clients == 1 ? "" : "s");
    }
}
