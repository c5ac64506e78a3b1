package udp.it.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import udp.it.diagram.Arrow.Fate;
import udp.it.diagram.Sequence.Moment;

/**
 * The arrows of the page, cut into a line for each row that they cross, so that a browser draws only the rows in view. A
 * row is a moment. It is as high as its text, so all places are percentages: of the width, and of the height of the row.
 */
final class ArrowLines {
    /** The number of rows that an arrow crosses at most. Of a longer arrow, only the beginning and the end are drawn. */
    private static final int MAX_ROWS = 40;

    private static final double BREAK = 0.3;

    /** A line in a row. Its end, if it has any, is the name of a marker. */
    record Line(String x1, int y1, String x2, int y2, String fate, String end) {}

    /** The name of a datagram, above the beginning of its arrow or below its end. */
    record Label(String x, int dx, int dy, String anchor, String text) {}

    private final int lanes;
    private final Map<TraceStep, Integer> rows = new HashMap<>();
    private final List<List<Line>> lines = new ArrayList<>();
    private final List<List<Label>> labels = new ArrayList<>();

    ArrowLines(Sequence sequence) {
        lanes = sequence.lanes().size();
        for (Moment moment : sequence.moments()) {
            rows.put(moment.step(), lines.size());
            lines.add(new ArrayList<>());
            labels.add(new ArrayList<>());
        }
        sequence.arrows().forEach(this::draw);
    }

    List<Line> lines(int row) {
        return lines.get(row);
    }

    List<Label> labels(int row) {
        return labels.get(row);
    }

    /** Returns where a lane is, as a percentage of the width. */
    double x(Lane lane) {
        return (lane.index() + 0.5) * 100 / lanes;
    }

    static String percent(double x) {
        return String.format(Locale.ROOT, "%.2f", x);
    }

    /** Returns the style of a fate. */
    static String style(Arrow arrow) {
        return arrow.fate().isUnharmed() ? "good" : arrow.fate().isEnd() ? "bad" : "odd";
    }

    private void draw(Arrow arrow) {
        double from = x(arrow.from());
        double to = x(arrow.to());
        int row = rows.get(arrow.first());
        double middle = (from + to) / 2;
        String end = arrow.fate().isEnd() ? "cross" : "head";
        if (arrow.hasBothEnds()) {
            drawAcross(arrow, row, rows.get(arrow.received()), end);
        } else if (arrow.sent() == null) {
            add(arrow, row, arrow.fate() == Fate.UNKNOWN ? middle : from, 0, to, 50, end);
        } else {
            add(arrow, row, from, 50, arrow.fate().isEnd() ? middle : to, 85, end);
        }
        boolean begins = arrow.sent() != null;
        boolean onTheRight = begins == to > from;
        labels.get(row)
                .add(new Label(
                        percent(begins ? from : to),
                        onTheRight ? 8 : -8,
                        begins ? -6 : 16,
                        onTheRight ? "start" : "end",
                        arrow.name()));
    }

    private void drawAcross(Arrow arrow, int first, int last, String end) {
        double from = x(arrow.from());
        double width = x(arrow.to()) - from;
        double slope = width / (last - first);
        if (last == first) { // A relay is its own server.
            add(arrow, first, from, 50, from + width, 50, end);
        } else if (last - first > MAX_ROWS) {
            add(arrow, first, from, 50, from + width * BREAK, 100, "");
            add(arrow, last, from + width * (1 - BREAK), 0, from + width, 50, end);
        } else {
            add(arrow, first, from, 50, from + slope / 2, 100, "");
            for (int row = first + 1; row < last; row++) {
                double x = from + slope * (row - first - 0.5);
                add(arrow, row, x, 0, x + slope, 100, "");
            }
            add(arrow, last, from + width - slope / 2, 0, from + width, 50, end);
        }
    }

    private void add(Arrow arrow, int row, double x1, int y1, double x2, int y2, String end) {
        lines.get(row).add(new Line(percent(x1), y1, percent(x2), y2, style(arrow), end));
    }
}
