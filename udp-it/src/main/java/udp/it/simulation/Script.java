package udp.it.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import udp.internal.fault.Chances;
import udp.internal.fault.Faults;
import udp.internal.fault.LinkFaults;

/** The fates of datagrams by their names: c1, c2, ... from clients, s1, s2, ... from servers. Written as for {@code --fates}. */
record Script(Map<String, Fate> fates) {
    static final Script NONE = new Script(Map.of());

    /** What becomes of a datagram. */
    record Fate(String name, Chances chances) {
        static final Fate LOSE = new Fate("lose", certain(1, 0, 0, 0, 0));
        static final Fate TWICE = new Fate("twice", certain(0, 1, 0, 0, 0));
        static final Fate OVERTAKEN = new Fate("overtaken", certain(0, 0, 1, 0, 0));
        static final Fate CORRUPT = new Fate("corrupt", certain(0, 0, 0, 1, 0));
        static final Fate TRUNCATE = new Fate("truncate", certain(0, 0, 0, 0, 1));

        static Fate late(Duration delay) {
            return new Fate("late:" + millis(delay), new Chances(0, 0, 0, 0, 0, delay, delay));
        }

        static Fate of(Chances chances) {
            for (Fate fate : new Fate[] {LOSE, TWICE, OVERTAKEN, CORRUPT, TRUNCATE}) {
                if (fate.chances.equals(chances)) {
                    return fate;
                }
            }
            return late(chances.maxDelay());
        }

        private static Chances certain(int loss, int duplicate, int reorder, int corrupt, int truncate) {
            return new Chances(loss, duplicate, reorder, corrupt, truncate, Duration.ZERO, Duration.ZERO);
        }
    }

    /** Returns a duration as an option takes it, such as {@code 1.5ms}. */
    static String millis(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 6).stripTrailingZeros().toPlainString() + "ms";
    }

    /** Returns the script that faults have. */
    static Script of(Faults faults) {
        Map<String, Fate> fates = new LinkedHashMap<>();
        faults.fromClients().script().forEach((number, chances) -> fates.put("c" + number, Fate.of(chances)));
        faults.fromServer().script().forEach((number, chances) -> fates.put("s" + number, Fate.of(chances)));
        return new Script(fates);
    }

    /** Returns the script without the fate of a datagram, which then arrives. */
    Script without(String name) {
        Map<String, Fate> rest = new LinkedHashMap<>(fates);
        rest.remove(name);
        return new Script(rest);
    }

    /** Returns faults that give these fates and no others. */
    Faults faults(long seed) {
        return new Faults(direction('c'), direction('s'), seed);
    }

    private LinkFaults direction(char letter) {
        Map<Integer, Chances> byNumber = new HashMap<>();
        fates.forEach((name, fate) -> {
            if (name.charAt(0) == letter) {
                byNumber.put(Integer.valueOf(name.substring(1)), fate.chances);
            }
        });
        return LinkFaults.of(Chances.NONE, byNumber);
    }

    @Override
    public String toString() {
        return fates.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().name())
                .collect(Collectors.joining(" "));
    }
}
