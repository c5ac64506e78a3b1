package udp.it.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import udp.internal.trace.HexDump;
import udp.it.diagram.Arrow.Fate;
import udp.it.diagram.Sequence.Moment;
import udp.it.html.HtmlTemplate;

/** The diagram as a page without requests: a drawing that the user walks through by keys, and the same in words. */
final class HtmlDiagram {
    private static final int CLIENT_X = 450;
    private static final int SERVER_X = 890;
    private static final int MIDDLE_X = (CLIENT_X + SERVER_X) / 2;
    private static final int TOP = 90;
    private static final int ROW = 46;
    private static final int EXCERPT = 24;

    private record Line(int fromX, int fromY, int toX, int toY, boolean arrow) {}

    private record Text(int x, int y, String anchor, String style, String content) {}

    /** A moment as the template draws it and tells it. */
    private static final class Drawn {
        final String kind;
        final String label;
        final int top;
        final List<Line> lines = new ArrayList<>();
        final List<Text> texts = new ArrayList<>();
        final String hexDump;
        String circle; // the centre as attributes, or null
        String cross; // the begin of its path, or null

        Drawn(String kind, String label, int top, String hexDump) {
            this.kind = kind;
            this.label = label;
            this.top = top;
            this.hexDump = hexDump;
        }
    }

    private final Sequence sequence;
    private final Map<TraceStep, Integer> rows = new HashMap<>();

    private HtmlDiagram(Sequence sequence) {
        this.sequence = sequence;
        for (int i = 0; i < sequence.moments().size(); i++) {
            rows.put(sequence.moments().get(i).step(), TOP + i * ROW);
        }
    }

    static String of(Sequence sequence) {
        return new HtmlDiagram(sequence).page();
    }

    private String page() {
        int height = TOP + sequence.moments().size() * ROW;
        return HtmlTemplate.fill(
                HtmlDiagram.class,
                "diagram.html",
                Map.of(
                        "height", height,
                        "bottom", height - ROW / 2,
                        "client", endpoints(sequence.lanes().get(0)),
                        "server",
                                endpoints(sequence.lanes().get(sequence.lanes().size() - 1)),
                        "summary", sequence.summary(),
                        "moments", sequence.moments().stream().map(this::draw).toList()));
    }

    private Drawn draw(Moment moment) {
        TraceStep step = moment.step();
        int y = rows.get(step);
        Arrow datagram = moment.arrow();
        Drawn drawn =
                new Drawn(kind(moment), label(moment), y - 26, step.data() == null ? "" : HexDump.of(step.data(), ""));
        drawn.texts.add(new Text(100, y, "end", "time", String.format(Locale.ROOT, "%.3f", step.nanos() / 1e6)));
        boolean left = moment.lane().index() == 0;
        drawn.texts.add(new Text(
                left ? CLIENT_X - 16 : SERVER_X + 16,
                y,
                left ? "end" : "start",
                "call",
                TextColumns.cut(step.summary(), 33)));
        if (datagram == null) {
            drawn.circle = "cx=\"" + x(moment.lane()) + "\" cy=\"" + (y - 5) + "\"";
        } else if (moment.isDeparture()) {
            drawDeparture(drawn, datagram, y);
        } else if (datagram.fate() != Fate.DELIVERED) {
            drawArrival(drawn, datagram, y);
        }
        return drawn;
    }

    private static String kind(Moment moment) {
        if (moment.arrow() != null) {
            return moment.arrow().fate().name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return moment.step().hasFailed() ? "failed" : "local";
    }

    /** Draws an arrow from the moment of departure down to the moment of arrival. */
    private void drawDeparture(Drawn drawn, Arrow datagram, int y) {
        int from = x(datagram.from());
        int to = x(datagram.to());
        if (datagram.received() == null) {
            int end = from + (to - from) * 6 / 10;
            boolean rightwards = to > from;
            drawn.lines.add(new Line(from, y - 5, end, y + 10, false));
            drawn.cross = "M" + (end - 9) + " " + (y + 1);
            drawn.texts.add(new Text(
                    end + (rightwards ? 16 : -16),
                    y + 18,
                    rightwards ? "start" : "end",
                    "fate",
                    datagram.fate().toString()));
        } else {
            drawn.lines.add(new Line(from, y - 5, to, rows.get(datagram.received()) - 5, true));
        }
        String content = datagram.name() + "  " + datagram.sent().content(EXCERPT);
        drawn.texts.add(new Text(MIDDLE_X, y - 10, "middle", "content", content));
    }

    private void drawArrival(Drawn drawn, Arrow datagram, int y) {
        int to = x(datagram.to());
        if (datagram.fate() == Fate.DUPLICATE) {
            drawn.lines.add(new Line(x(datagram.from()), rows.get(datagram.sent()) - 5, to, y - 5, true));
        } else if (datagram.fate() == Fate.UNKNOWN) {
            drawn.lines.add(new Line(MIDDLE_X, y - 25, to, y - 5, true));
        }
        String label = datagram.name() + "  " + datagram.fate();
        if (datagram.fate() == Fate.ALTERED || datagram.fate() == Fate.UNKNOWN) {
            label += ": " + datagram.received().content(EXCERPT);
        } else {
            label += String.format(Locale.ROOT, ", %.1f ms", datagram.travelNanos() / 1e6);
        }
        boolean rightwards = datagram.from().index() == 0;
        drawn.texts.add(new Text(to + (rightwards ? -24 : 24), y + 18, rightwards ? "end" : "start", "fate", label));
    }

    /** Returns the whole moment in words. */
    private static String label(Moment moment) {
        TraceStep step = moment.step();
        List<String> parts = new ArrayList<>();
        String java = step.step().java() == null ? "" : " (" + step.step().java() + ")";
        parts.add(
                String.format(Locale.ROOT, "%.3f ms, %s: %s%s", step.nanos() / 1e6, moment.lane(), step.call(), java));
        if (step.local() != null) {
            parts.add("local " + step.local());
        }
        if (step.peer() != null) {
            parts.add("peer " + step.peer());
        }
        if (step.data() != null) {
            parts.add(step.content(EXCERPT));
        }
        if (step.step().note() != null) {
            parts.add(step.step().note());
        }
        if (step.hasFailed()) {
            parts.add("failed: " + step.step().failure());
        }
        if (moment.arrow() != null) {
            parts.add("datagram " + moment.arrow().name() + " " + moment.arrow().fate());
        }
        return String.join("; ", parts);
    }

    private static int x(Lane lane) {
        return lane.index() == 0 ? CLIENT_X : SERVER_X;
    }

    private static String endpoints(Lane lane) {
        List<Endpoint> all = lane.endpoints();
        String some = all.stream().limit(2).map(Endpoint::toString).collect(Collectors.joining(", "));
        return all.size() > 2 ? some + ", ..." : some;
    }
}
