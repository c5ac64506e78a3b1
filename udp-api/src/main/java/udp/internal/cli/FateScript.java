package udp.internal.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import udp.internal.fault.Chances;
import udp.internal.text.Printable;

/** A parser of fates, such as {@code c1=lose s2=late:150ms}: what happens to the first datagram from the clients, ... */
final class FateScript {
    private static final Pattern NAMED = Pattern.compile("([cs])([1-9][0-9]{0,8})");

    final Map<Integer, Chances> fromClients = new HashMap<>();
    final Map<Integer, Chances> fromServer = new HashMap<>();

    FateScript(String text) {
        if (text.isBlank()) {
            throw Values.refusal(text, "a list of fates (such as c1=lose s2=late:150ms)");
        }
        for (String item : text.strip().split("\\s+")) {
            try {
                read(item);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(Printable.line(item) + ": " + e.getMessage(), e);
            }
        }
    }

    private void read(String item) {
        String[] sides = item.split("=", 2);
        Matcher named = NAMED.matcher(sides[0]);
        if (!named.matches()) {
            throw new IllegalArgumentException(
                    "no such datagram; there are c1, c2, ... from clients and s1, s2, ... from the server");
        }
        Map<Integer, Chances> fates = named.group(1).equals("c") ? fromClients : fromServer;
        if (fates.put(Integer.valueOf(named.group(2)), fate(sides.length == 1 ? "" : sides[1])) != null) {
            throw new IllegalArgumentException(sides[0] + " has a fate already");
        }
    }

    private static Chances fate(String text) {
        if (text.startsWith("late:")) {
            Duration delay = Values.duration(text.substring("late:".length()));
            return new Chances(0, 0, 0, 0, 0, delay, delay);
        }
        switch (text) {
            case "lose":
                return certain(1, 0, 0, 0, 0);
            case "twice":
                return certain(0, 1, 0, 0, 0);
            case "overtaken":
                return certain(0, 0, 1, 0, 0);
            case "corrupt":
                return certain(0, 0, 0, 1, 0);
            case "truncate":
                return certain(0, 0, 0, 0, 1);
            default:
                throw new IllegalArgumentException(
                        "no such fate; there are lose, twice, late:DURATION, overtaken, corrupt, truncate");
        }
    }

    private static Chances certain(int loss, int duplicate, int reorder, int corrupt, int truncate) {
        return new Chances(loss, duplicate, reorder, corrupt, truncate, Duration.ZERO, Duration.ZERO);
    }
}
