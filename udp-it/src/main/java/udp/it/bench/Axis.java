package udp.it.bench;

import java.util.List;

/**
 * An axis of a plot.
 *
 * @param name what it shows
 * @param low its begin; more than 0 if it is logarithmic
 * @param high its end
 * @param logarithmic whether equal lengths are equal ratios
 * @param ticks where it is marked
 */
record Axis(String name, double low, double high, boolean logarithmic, List<Tick> ticks) {
    /** A mark and what is written at it. */
    record Tick(double value, String label) {}

    /** From 0 at the begin to 1 at the end; what lies outside comes to the nearer of both. */
    double at(double value) {
        double part = (scaled(value) - scaled(low)) / (scaled(high) - scaled(low));
        return Math.max(0, Math.min(part, 1));
    }

    private double scaled(double value) {
        return logarithmic ? Math.log10(Math.max(value, Double.MIN_NORMAL)) : value;
    }
}
