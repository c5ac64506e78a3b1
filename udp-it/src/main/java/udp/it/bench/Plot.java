package udp.it.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plot with curves in a frame, in the coordinates of the page's template, which draws it. */
final class Plot {
    // the frame in the template
    private static final int LEFT = 66;
    private static final int RIGHT = 450;
    private static final int TOP = 34;
    private static final int BOTTOM = 280;

    /**
     * An axis of a plot.
     *
     * @param name the name of what it shows
     * @param low the value at its beginning; more than 0 if it is logarithmic
     * @param high the value at its end
     * @param logarithmic whether equal lengths are equal ratios
     * @param ticks its marks
     */
    record Axis(String name, double low, double high, boolean logarithmic, List<Tick> ticks) {
        /** Returns the position of a value from 0 to 1. A value outside the axis has the position of the nearer end. */
        double at(double value) {
            double part = (scaled(value) - scaled(low)) / (scaled(high) - scaled(low));
            return Math.max(0, Math.min(part, 1));
        }

        private double scaled(double value) {
            return logarithmic ? Math.log10(Math.max(value, Double.MIN_NORMAL)) : value;
        }
    }

    /** A mark of an axis with its label. */
    record Tick(double value, String label) {}

    /** A point of a curve, with the range of its value; only a point with a text is marked. */
    record Point(double x, double y, double lowest, double highest, String text) {
        Point(double x, double y) {
            this(x, y, y, y, null);
        }
    }

    private record GridLine(String at, String label) {}

    private record Curve(String style, String path, List<Mark> marks) {}

    private record Mark(String x, String y, String lowest, String highest, String text) {}

    final String title;
    final List<Curve> curves = new ArrayList<>();
    final Axis across;
    final Axis up;

    Plot(String title, Axis across, Axis up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    void add(String style, List<Point> points) {
        if (!points.isEmpty()) {
            String path = points.stream()
                    .map(point -> x(point.x()) + "," + y(point.y()))
                    .collect(Collectors.joining(" "));
            List<Mark> marks = points.stream()
                    .filter(point -> point.text() != null)
                    .map(point ->
                            new Mark(x(point.x()), y(point.y()), y(point.lowest()), y(point.highest()), point.text()))
                    .toList();
            curves.add(new Curve(style, path, marks));
        }
    }

    List<GridLine> verticals() {
        return across.ticks().stream()
                .map(tick -> new GridLine(x(tick.value()), tick.label()))
                .toList();
    }

    List<GridLine> horizontals() {
        return up.ticks().stream()
                .map(tick -> new GridLine(y(tick.value()), tick.label()))
                .toList();
    }

    private String x(double value) {
        return coordinate(LEFT + across.at(value) * (RIGHT - LEFT));
    }

    private String y(double value) {
        return coordinate(BOTTOM - up.at(value) * (BOTTOM - TOP));
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
