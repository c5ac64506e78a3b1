package udp.it.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import udp.it.Html;

/** Lines in a frame, as SVG; the page's style sheet has the colours. */
final class Plot {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 330;
    private static final int LEFT = 66;
    private static final int RIGHT = 30;
    private static final int TOP = 34;
    private static final int BOTTOM = 50;

    /** Where a line goes through, and how far the figure reaches down and up there. */
    record Point(double x, double y, double lowest, double highest, String text) {
        Point(double x, double y) {
            this(x, y, y, y, null);
        }
    }

    private final StringBuilder svg = new StringBuilder();
    private final Axis across;
    private final Axis up;

    Plot(String title, Axis across, Axis up) {
        this.across = across;
        this.up = up;
        add(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH, HEIGHT, Html.escaped(up.name() + ", " + title));
        text("title", "middle", WIDTH / 2.0, 20, title);
        for (Axis.Tick tick : across.ticks()) {
            double x = x(tick.value());
            add("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", x, x, TOP, HEIGHT - BOTTOM);
            text("tick", "middle", x, HEIGHT - BOTTOM + 18, tick.label());
        }
        for (Axis.Tick tick : up.ticks()) {
            double y = y(tick.value());
            add("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y, y);
            text("tick", "end", LEFT - 6, y + 5, tick.label());
        }
        text("tick", "middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, across.name());
    }

    /** Joins points; those with a text get a mark and their range. */
    void line(String style, List<Point> points) {
        if (points.isEmpty()) {
            return;
        }
        String path = points.stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x(point.x()), y(point.y())))
                .collect(Collectors.joining(" "));
        add("<g class=\"%s\">", style);
        add("<polyline points=\"%s\"/>", path);
        points.stream().filter(point -> point.text() != null).forEach(this::mark);
        add("</g>");
    }

    String svg() {
        return svg + "</svg>\n";
    }

    private void mark(Point point) {
        double x = x(point.x());
        add("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", x, x, y(point.lowest()), y(point.highest()));
        add(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"><title>%s</title></circle>",
                x, y(point.y()), Html.escaped(point.text()));
    }

    private double x(double value) {
        return LEFT + across.at(value) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - up.at(value) * (HEIGHT - TOP - BOTTOM);
    }

    private void text(String style, String anchor, double x, double y, String text) {
        add(
                "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                style, anchor, x, y, Html.escaped(text));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
