package udp.it.bench;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** The median of a figure over the rounds that have it, and its lowest and highest value; NaN if none has. */
record Spread(double median, double lowest, double highest) {
    static Spread of(DoubleStream values) {
        double[] sorted = values.filter(value -> !Double.isNaN(value)).sorted().toArray();
        int n = sorted.length;
        if (n == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        return new Spread((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
    }

    /** Half of the range, such as {@code ±3%} of the median. */
    String plusMinus() {
        if (Double.isNaN(median)) {
            return "-";
        }
        return String.format(Locale.ROOT, "±%.0f%%", median == 0 ? 0 : (highest - lowest) / 2 / median * 100);
    }
}
