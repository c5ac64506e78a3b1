package udp.it.diagram;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import udp.internal.trace.HexDump;
import udp.it.Html;
import udp.it.diagram.Sequence.Moment;

/**
 * The diagram as a page that needs nothing else: a drawing whose parts can be stepped through by keys, and the same in
 * words. All that comes from a trace is escaped.
 */
final class HtmlDiagram {
    private static final int CLIENT_X = 450;
    private static final int SERVER_X = 890;
    private static final int TOP = 90;
    private static final int ROW = 46;
    private static final int EXCERPT = 24;

    private final Sequence sequence;
    private final StringBuilder drawing = new StringBuilder();
    private final StringBuilder words = new StringBuilder();
    private final Map<TraceStep, Integer> rows = new HashMap<>();

    private HtmlDiagram(Sequence sequence) {
        this.sequence = sequence;
    }

    static String of(Sequence sequence) {
        return new HtmlDiagram(sequence).page();
    }

    private String page() {
        List<Moment> moments = sequence.moments();
        for (int i = 0; i < moments.size(); i++) {
            rows.put(moments.get(i).step(), TOP + i * ROW);
        }
        for (Moment moment : moments) {
            draw(moment);
            tell(moment);
        }
        return template()
                .replace("@height@", String.valueOf(TOP + moments.size() * ROW))
                .replace("@bottom@", String.valueOf(TOP + moments.size() * ROW - ROW / 2))
                .replace("@client@", endpoints(Side.CLIENT))
                .replace("@server@", endpoints(Side.SERVER))
                .replace("@summary@", escaped(sequence.summary()))
                .replace("@words@", words)
                .replace("@drawing@", drawing);
    }

    private void draw(Moment moment) {
        TraceStep step = moment.step();
        int y = rows.get(step);
        Datagram datagram = moment.datagram();
        String kind = datagram != null
                ? datagram.fate().name().toLowerCase(Locale.ROOT).replace('_', '-')
                : step.failure() != null ? "failed" : "local";
        drawing.append(String.format(
                Locale.ROOT,
                "<g class=\"step %s\" tabindex=\"0\" role=\"listitem\" aria-label=\"%s\">",
                kind,
                label(moment)));
        drawing.append(String.format(
                "<rect class=\"focus\" x=\"4\" y=\"%d\" width=\"1332\" height=\"%d\"/>", y - 26, ROW - 8));
        text(100, y, "end", "time", String.format(Locale.ROOT, "%.3f", step.nanos() / 1e6));
        boolean left = step.side() == Side.CLIENT;
        text(left ? CLIENT_X - 16 : SERVER_X + 16, y, left ? "end" : "start", "call", Columns.cut(step.summary(), 33));
        if (datagram != null && moment.isDeparture()) {
            departure(datagram, y);
        } else if (datagram != null) {
            arrival(datagram, y);
        } else {
            drawing.append(String.format("<circle cx=\"%d\" cy=\"%d\" r=\"5\"/>", x(step), y - 5));
        }
        drawing.append("</g>\n");
    }

    /** The arrow belongs to the moment of departure, and reaches down to that of arrival. */
    private void departure(Datagram datagram, int y) {
        int from = x(datagram.sent());
        int to = x(datagram.sent().side().other());
        String content = "#" + datagram.number() + "  " + datagram.sent().content(EXCERPT);
        if (datagram.received() == null) {
            int end = from + (to - from) * 6 / 10;
            line(from, y - 5, end, y + 10, "");
            drawing.append(String.format("<path class=\"cross\" d=\"M%d %dl18 18m0 -18l-18 18\"/>", end - 9, y + 1));
            text(
                    end + (to > from ? 16 : -16),
                    y + 18,
                    to > from ? "start" : "end",
                    "fate",
                    datagram.fate().toString());
        } else {
            line(from, y - 5, to, rows.get(datagram.received()) - 5, " marker-end=\"url(#head)\"");
        }
        text((CLIENT_X + SERVER_X) / 2, y - 10, "middle", "content", content);
    }

    private void arrival(Datagram datagram, int y) {
        if (datagram.fate() == Fate.DELIVERED) {
            return;
        }
        int to = x(datagram.received());
        boolean rightwards = datagram.from() == Side.CLIENT;
        if (datagram.fate() == Fate.DUPLICATE) {
            line(x(datagram.sent()), rows.get(datagram.sent()) - 5, to, y - 5, " marker-end=\"url(#head)\"");
        } else if (datagram.fate() == Fate.UNKNOWN) {
            line((CLIENT_X + SERVER_X) / 2, y - 25, to, y - 5, " marker-end=\"url(#head)\"");
        }
        String label = "#" + datagram.number() + "  " + datagram.fate();
        if (datagram.fate() == Fate.ALTERED || datagram.fate() == Fate.UNKNOWN) {
            label += ": " + datagram.received().content(EXCERPT);
        } else {
            label += String.format(Locale.ROOT, ", %.1f ms", datagram.travelNanos() / 1e6);
        }
        text(to + (rightwards ? -24 : 24), y + 18, rightwards ? "end" : "start", "fate", label);
    }

    private void line(int fromX, int fromY, int toX, int toY, String more) {
        drawing.append(
                String.format("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"%s/>", fromX, fromY, toX, toY, more));
    }

    private void text(int x, int y, String anchor, String kind, String text) {
        drawing.append(String.format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" class=\"%s\">%s</text>",
                x, y, anchor, kind, escaped(text)));
    }

    private void tell(Moment moment) {
        TraceStep step = moment.step();
        words.append("<li><p>").append(label(moment)).append("</p>");
        if (step.data() != null && step.data().length > 0) {
            words.append("<pre>").append(escaped(HexDump.of(step.data(), ""))).append("</pre>");
        }
        words.append("</li>\n");
    }

    /** The whole of a moment in words. */
    private static String label(Moment moment) {
        TraceStep step = moment.step();
        List<String> parts = new ArrayList<>();
        parts.add(String.format(
                Locale.ROOT, "%.3f ms, %s: %s (%s)", step.nanos() / 1e6, step.side(), step.call(), step.java()));
        if (step.local() != null) {
            parts.add("local " + step.local());
        }
        if (step.peer() != null) {
            parts.add("peer " + step.peer());
        }
        if (step.data() != null) {
            parts.add(step.content(EXCERPT));
        }
        if (step.note() != null) {
            parts.add(step.note());
        }
        if (step.failure() != null) {
            parts.add("failed: " + step.failure());
        }
        if (moment.datagram() != null) {
            parts.add("datagram " + moment.datagram().number() + " "
                    + moment.datagram().fate());
        }
        return escaped(String.join("; ", parts));
    }

    private static int x(TraceStep step) {
        return x(step.side());
    }

    private static int x(Side side) {
        return side == Side.CLIENT ? CLIENT_X : SERVER_X;
    }

    private String endpoints(Side side) {
        List<Endpoint> all = sequence.endpoints(side);
        String some = all.stream().limit(2).map(Endpoint::toString).collect(Collectors.joining(", "));
        return escaped(all.size() > 2 ? some + ", ..." : some);
    }

    private static String escaped(String text) {
        return Html.escaped(text).replace("@", "&#64;"); // the template's marks
    }

    private static String template() {
        try (InputStream in = HtmlDiagram.class.getResourceAsStream("diagram.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
