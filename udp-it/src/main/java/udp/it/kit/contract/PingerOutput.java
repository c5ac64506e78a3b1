package udp.it.kit.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import udp.contract.KitAssertions;

/** What a pinger printed, in whatever words: which pings got no reply, the times, and the statistics. */
public record PingerOutput(String text) {
    private static final String NUMBER = "(?<![\\w.])\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?";
    private static final int SHOWN = 150;
    private static final Pattern NUMBERS = Pattern.compile(NUMBER);
    private static final Pattern NO_REPLY =
            Pattern.compile("(?i)time[ds]?[ -]?out\\b|no (?:reply|response|answer)|\\blost\\b");
    private static final Pattern SUMMARY = Pattern.compile("(?i)%|loss|\\d (?:\\w+ )?received|received\\W*[:=]\\W*\\d"
            + "|^\\W*\\d+ (?:\\w+ )?(?:timed out|lost)|(?:timed? ?outs?|lost)\\W*[:=]\\W*\\d");
    private static final Pattern MILLIS = Pattern.compile("(?i)(?<![a-z])ms\\b|milli|msec");
    private static final Pattern SECONDS = Pattern.compile("(?i)(?<![a-z])s\\b|(?<![a-z])sec");
    private static final String LABEL = "(?i)(?<![a-z])(min|max|avg|average|mean)[a-z]*";
    private static final Pattern LABELLED = Pattern.compile(LABEL + "[^\\d/]*?(" + NUMBER + ")");
    private static final Pattern IN_A_ROW =
            Pattern.compile("(?i)((?:min|avg|average|mean|max)[a-z]*(?: ?/ ?[a-z]+){2,3})[^\\d/]*(" + NUMBER
                    + "(?: ?/ ?" + NUMBER.replace("(?<![\\w.])", "") + "){2,3})");

    /** The least, mean and longest time, in milliseconds. */
    record Times(double min, double mean, double max) {
        private Times scaled(double factor) {
            return new Times(min * factor, mean * factor, max * factor);
        }

        @Override
        public String toString() {
            return min + ", " + mean + ", " + max + " ms";
        }
    }

    /** Returns how many lines say that a ping got no reply. */
    public long timedOut() {
        return text.lines()
                .filter(line ->
                        NO_REPLY.matcher(line).find() && !SUMMARY.matcher(line).find())
                .count();
    }

    /** Returns whether a line has a time within the limits, in the unit that it names, or in either if it names none. */
    boolean hasTime(double leastMillis, double mostMillis) {
        return text.lines()
                .anyMatch(line -> NUMBERS.matcher(line)
                        .results()
                        .mapToDouble(number -> Double.parseDouble(number.group()))
                        .anyMatch(number -> factor(line, number, leastMillis, mostMillis) > 0));
    }

    /** Returns whether a line names a loss of so many percent. */
    boolean hasLoss(int percent) {
        return text.lines()
                .filter(line -> line.matches("(?i).*(?:loss|lost).*"))
                .anyMatch(line -> NUMBERS.matcher(line)
                        .results()
                        .mapToDouble(number -> Double.parseDouble(number.group()) * (line.contains("%") ? 1 : 100))
                        .anyMatch(number -> Math.abs(number - percent) < 0.6));
    }

    boolean hasNaN() {
        return text.matches("(?is).*\\bnan\\b.*");
    }

    /** Returns the statistics if the longest time is within the limits, else null. */
    Times times(double leastMillis, double mostMillis) {
        Map<String, Double> found = new HashMap<>();
        StringBuilder lines = new StringBuilder();
        for (String line : text.lines().toList()) {
            Matcher row = IN_A_ROW.matcher(line);
            if (row.find()) {
                String[] labels = row.group(1).split(" ?/ ?");
                String[] numbers = row.group(2).split(" ?/ ?");
                for (int i = 0; i < Math.min(labels.length, numbers.length); i++) {
                    found.put(key(labels[i]), Double.valueOf(numbers[i]));
                }
                lines.append(line).append('\n');
            } else {
                for (MatchResult labelled : LABELLED.matcher(line).results().toList()) {
                    found.put(key(labelled.group(1)), Double.valueOf(labelled.group(2)));
                    lines.append(line).append('\n');
                }
            }
        }
        if (!found.keySet().containsAll(List.of("min", "avg", "max"))) {
            return null;
        }
        Times times = new Times(found.get("min"), found.get("avg"), found.get("max"));
        double factor = factor(lines.toString(), times.max, leastMillis, mostMillis);
        return factor > 0 ? times.scaled(factor) : null;
    }

    private static String key(String label) {
        String start = label.toLowerCase(Locale.ROOT).substring(0, Math.min(3, label.length()));
        return start.equals("ave") || start.equals("mea") ? "avg" : start;
    }

    /** Returns what makes milliseconds of a number, or 0 if the time is then outside the limits. */
    private static double factor(String line, double number, double leastMillis, double mostMillis) {
        boolean millis = MILLIS.matcher(line).find();
        boolean seconds = SECONDS.matcher(line).find();
        for (double factor : new double[] {1, 1000}) {
            boolean named = factor == 1 ? millis || !seconds : seconds || !millis;
            if (named && number * factor >= leastMillis && number * factor <= mostMillis) {
                return factor;
            }
        }
        return 0;
    }

    /** Returns the end, where the statistics are. */
    @Override
    public String toString() {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        String end = KitAssertions.line(String.join(" | ", lines));
        return lines.isEmpty()
                ? "nothing"
                : "\"" + (end.length() <= SHOWN ? end : "..." + end.substring(end.length() - SHOWN)) + "\"";
    }
}
